import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { useMayWrite } from '../../frame/viewer';
import { href, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { MoreMenu } from '../../ui/MoreMenu';
import { NotThere } from '../../ui/NotThere';
import { Await } from '../../ui/states';
import { Tabs } from '../../ui/Tabs';
import { Avatar, Field, Name, Title, Withheld, whyWithheld } from '../../ui/values';
import { percent, words } from '../../ui/words';
import { openForm } from '../forms/open';
import { Timeline } from '../timeline/Timeline';
import { Cases } from './Cases';
import { AccountCommittee } from './AccountCommittee';
import { Deals } from './Deals';
import { Family } from './Family';
import { HiddenEvents } from './HiddenEvents';
import { JobChanges } from './JobChanges';
import { Orders } from './Orders';
import { People } from './People';
import { Places } from './Places';
import { AccountQuery, type Account } from './queries';
import { Verdict } from './Verdict';
import { ValuesInTime } from './ValuesInTime';
import './account.css';

/** One company: what to do, its family, its people, and what passed with them. */
export default function AccountPage({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(AccountQuery, { id, asOf });
  return (
    <Await answer={answer} rows={12}>
      {({ account }) => (account ? <Shown of={account} asOf={asOf} /> : <NotThere what="Account" list={['accounts', 'Accounts']} extensions={answer.extensions} />)}
    </Await>
  );
}

function Shown({ of, asOf }: { of: Account; asOf: string | undefined }) {
  const { id } = of;
  return (
    <>
      <Head of={of} />
      <Verdict id={id} asOf={asOf} />
      <Tabs
        label="Parts of the account"
        tabs={[
          {
            id: 'overview',
            word: 'Overview',
            view: () => (
              <div className="stack">
                <div className="columns aside">
                  <div className="stack">
                    <Family id={id} asOf={asOf} />
                    <AccountCommittee id={id} asOf={asOf} />
                  </div>
                  <div className="stack">
                    <Deals id={id} asOf={asOf} short />
                    <HiddenEvents id={id} asOf={asOf} short />
                    <Places of={of} asOf={asOf} />
                  </div>
                </div>
                <ValuesInTime id={id} asOf={asOf} />
              </div>
            ),
          },
          { id: 'timeline', word: 'Timeline', n: of.timeline?.totalCount, view: () => <Timeline id={id} /> },
          {
            id: 'people',
            word: 'People',
            n: of.people?.totalCount,
            view: () => (
              <div className="stack">
                <People id={id} asOf={asOf} />
                <JobChanges id={id} asOf={asOf} />
              </div>
            ),
          },
          { id: 'deals', word: 'Deals', n: of.deals?.totalCount, view: () => <Deals id={id} asOf={asOf} /> },
          { id: 'cases', word: 'Cases', n: of.cases?.totalCount, view: () => <Cases id={id} asOf={asOf} /> },
          { id: 'orders', word: 'Orders', n: of.orders?.totalCount, view: () => <Orders id={id} asOf={asOf} /> },
          { id: 'hidden', word: 'Hidden events', n: of.hidden?.totalCount, view: () => <HiddenEvents id={id} asOf={asOf} /> },
        ]}
      />
    </>
  );
}

function Head({ of }: { of: Account }) {
  const may = useMayWrite();
  const parents = of.parents?.edges ?? [];
  const owners = of.owners?.edges ?? [];
  return (
    <Title
      crumb={
        <>
          <a className="link" href={href(['accounts'])}>
            Accounts
          </a>
          {parents.map(({ node }) => (
            <span key={node.id} className="row">
              <Icon name="right" small />
              <Name of={node} />
            </span>
          ))}
        </>
      }
      actions={
        may && (
          <>
            <Button className="btn primary" onPress={() => openForm({ form: 'new-deal', account: of.id })}>
              <Icon name="plus" />
              New deal
            </Button>
            <MoreMenu
              label="More for this company"
              actions={[
                { id: 'case', word: 'Open a case', icon: 'case', act: () => openForm({ form: 'open-case', party: of.id }) },
                { id: 'role', word: 'Claim a role', icon: 'person', act: () => openForm({ form: 'claim-role', on: of.id }) },
              ]}
            />
          </>
        )
      }
      sub={
        <>
          <Field of={of} field="accountStage">
            {(stage) => <span className="strong">{words(stage)}</span>}
          </Field>
          {of.domain !== null && (
            <>
              {' · '}
              <bdi>{of.domain}</bdi>
            </>
          )}
          {parents.map(({ node, properties }) => (
            <span key={node.id}>
              {' · '}
              {properties.share !== null && properties.share < 1 ? `${percent(properties.share)} of it belongs to ` : 'Belongs to '}
              <Name of={node} />
            </span>
          ))}
          {whyWithheld(of, 'owners') ? (
            <>
              {' · '}Owner <Withheld why={whyWithheld(of, 'owners')!} />
            </>
          ) : (
            owners.map(({ node, properties }) => (
              <span key={node.id + properties.role}>
                {' · '}
                {properties.role === 'AE' ? 'Owner' : properties.role === 'CSM' ? 'Success' : properties.role === 'SE' ? 'Engineer' : properties.role === 'SUPPORT' ? 'Support' : properties.role ? words(properties.role) : 'In the team'} <Name of={node} />
              </span>
            ))
          )}
        </>
      }
    >
      <span className="account-who">
        <Avatar name={of.displayName} ours />
        <Field of={of} field="displayName" none="Without a name" />
      </span>
    </Title>
  );
}
