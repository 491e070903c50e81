import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { copyLink } from '../../frame/copy';
import { useMayWrite } from '../../frame/viewer';
import { useShortcuts } from '../../frame/shortcuts';
import { href, useAsOf, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { NotThere } from '../../ui/NotThere';
import { Await } from '../../ui/states';
import { Tabs } from '../../ui/Tabs';
import { useTwinKey } from '../../ui/Twin';
import { Day, Field, Money, Name, Title, whyWithheld, Withheld } from '../../ui/values';
import { words } from '../../ui/words';
import { openForm } from '../forms/open';
import { Timeline } from '../timeline/Timeline';
import { CommitteeTab } from './CommitteeTab';
import { MapTab } from './MapTab';
import { ProductsTab } from './ProductsTab';
import { CommitteeQuery, DealQuery, type Deal } from './queries';
import { Stages } from './Stages';
import { TeamTab } from './TeamTab';
import { Verdict } from './Verdict';
import { Warnings } from './Warnings';
import './deal.css';

/** A deal: what to do about it, how it went so far, who decides and who of us knows them. */
export default function DealPage({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(DealQuery, { id, asOf });
  return (
    <Await answer={answer} rows={12}>
      {({ deal }) => (deal ? <Shown deal={deal} /> : <NotThere what="Deal" list={['deals', 'Deals']} extensions={answer.extensions} />)}
    </Await>
  );
}

function Shown({ deal }: { deal: Deal }) {
  const asOf = useAsOf();
  const { tab } = useRoute().params;
  useTwinKey();
  const committee = useAnswer(CommitteeQuery, { id: deal.id, asOf });
  const first = !['map', 'timeline', 'products', 'team'].includes(tab ?? '');
  const members = committee.data?.deal?.committee?.members.length;
  return (
    <>
      <Head deal={deal} />
      {first && (
        <div className="stack deal-top">
          <Verdict answer={committee} deal={deal} />
          <div className="columns deal-two">
            <Stages deal={deal} committee={committee.data?.deal?.committee} />
            <Warnings answer={committee} deal={deal} />
          </div>
        </div>
      )}
      <Tabs
        label="Deal"
        tabs={[
          { id: 'committee', word: 'Committee', n: members, view: () => <CommitteeTab answer={committee} deal={deal} /> },
          { id: 'map', word: 'Map', view: () => <MapTab answer={committee} deal={deal} /> },
          { id: 'timeline', word: 'Timeline', view: () => <Timeline id={deal.id} /> },
          { id: 'products', word: 'Products', n: deal.products?.totalCount, view: () => <ProductsTab id={deal.id} /> },
          { id: 'team', word: 'Team', n: deal.owners?.totalCount, view: () => <TeamTab id={deal.id} /> },
        ]}
      />
    </>
  );
}

function Head({ deal }: { deal: Deal }) {
  const mayWrite = useMayWrite();
  const asOf = useAsOf();
  const change = () => openForm({ form: 'change-deal', id: deal.id });
  useShortcuts(mayWrite ? { e: change, l: () => openForm({ form: 'log-interaction', deal: deal.id }) } : {});
  const why = whyWithheld(deal, 'displayName') ?? whyWithheld(deal, 'name');
  return (
    <Title
      crumb={
        <>
          <a className="link" href={href(['deals'])}>
            Deals
          </a>
          {deal.account && (
            <>
              <Icon name="right" small />
              <Name of={deal.account} />
            </>
          )}
        </>
      }
      sub={<Sub deal={deal} asOf={asOf} />}
      actions={
        <>
          <Button className="btn" onPress={() => void copyLink()}>
            <Icon name="link" />
            Copy link
          </Button>
          {mayWrite && (
            <>
              <Button className="btn" onPress={change}>
                Change stage
              </Button>
              <Button className="btn primary" onPress={() => openForm({ form: 'claim-role', on: deal.id })}>
                <Icon name="plus" />
                Claim a role
              </Button>
            </>
          )}
        </>
      }
    >
      {deal.displayName === null ? why ? <Withheld why={why} /> : 'Deal without a name' : <bdi>{deal.displayName}</bdi>}
    </Title>
  );
}

/** Company, amount, stage, close and who of us works on it, in one line. */
function Sub({ deal, asOf }: { deal: Deal; asOf: string | undefined }) {
  const decided = deal.closedAt && (!asOf || deal.closedAt <= asOf);
  const owners = deal.owners?.edges ?? [];
  return (
    <span className="deal-sub">
      <span>{deal.account ? <Name of={deal.account} /> : <Field of={deal} field="account" none="no company" />}</span>
      <span className="strong">
        <Field of={deal} field="amount" none="no amount">
          {(amount) => <Money of={amount} />}
        </Field>
      </span>
      {!decided && (
        <span>
          <Field of={deal} field="stage" none={asOf ? 'not begun' : 'stage not known'}>
            {(stage) => words(stage)}
          </Field>
        </span>
      )}
      {decided && deal.closedAt ? (
        <span>
          {deal.outcome ? words(deal.outcome) : 'Decided'} on <Day at={deal.closedAt} />
          {deal.lossReason && (
            <>
              : <bdi>{deal.lossReason}</bdi>
            </>
          )}
          {deal.competitor && (
            <>
              {' '}
              (<bdi>{deal.competitor}</bdi>)
            </>
          )}
        </span>
      ) : (
        <span>
          <Field of={deal} field="expectedClose" none="no close expected">
            {(close) => (
              <>
                expected <Day at={close} />
              </>
            )}
          </Field>
        </span>
      )}
      <span>
        {deal.owners === null ? (
          <Field of={deal} field="owners" none="nobody of ours" />
        ) : owners.length === 0 ? (
          'nobody of ours'
        ) : (
          <>
            <Name of={(owners.find((edge) => edge.properties.role === 'AE') ?? owners[0]).node} />
            {(deal.owners.totalCount ?? 1) > 1 && (
              <>
                {' '}
                and{' '}
                <a className="link" href={href(['deals', deal.id], { tab: 'team' })}>
                  {(deal.owners.totalCount ?? 1) - 1} {deal.owners.totalCount === 2 ? 'other' : 'others'}
                </a>
              </>
            )}
          </>
        )}
      </span>
    </span>
  );
}
