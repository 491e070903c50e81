import { useAnswer } from '../../api/use-answer';
import { changeSession, useSession } from '../../api/session';
import { useMayWrite, useMeAnswer, useViewer, type Me } from '../../frame/viewer';
import { Icon } from '../../ui/Icon';
import { InNoSum } from '../../ui/InNoSum';
import { Await, Empty, Fault, faultOf, Skeleton } from '../../ui/states';
import { failed, Title, whyWithheld, Withheld } from '../../ui/values';
import { ago, counted, dayLong, type Why } from '../../ui/words';
import { Button } from 'react-aria-components/Button';
import { openForm } from '../forms/open';
import { useRoute } from '../../route';
import { changesSinceYesterday, NeedsAnswer, SinceYesterday, waiting } from './Aside';
import { ClosePicture, Sums } from './ClosePicture';
import { DealTable } from './DealTable';
import { Moved } from './Moved';
import { Overview } from './Overview';
import type { ResultOf } from '../../api/graphql';
import { HomeQuery, warningsOf, WrongQuery, type Told } from './query';
import { byCurrency, byMost } from './sums';
import { WhoseWork } from './WhoseWork';
import './home.css';

/** One's own work: open deals by what is wrong, what needs an answer, and what changed. */
export default function Home() {
  const { purpose } = useViewer();
  const { me, error, retry } = useMeAnswer();
  // These purposes do not show who of our own people does what.
  if (purpose === 'MARKETING' || purpose === 'ANALYSIS' || purpose === 'SELF') return <Overview />;
  if (me === undefined) return <Skeleton rows={10} />;
  const fault = faultOf({ data: me, error });
  return (
    <>
      {fault && <Fault error={fault} retry={retry} />}
      {me === null ? <WhoseWork untold={error !== undefined} /> : <Work me={me} />}
    </>
  );
}

function Work({ me }: { me: Me }) {
  const answer = useAnswer(HomeQuery, { owner: me.id });
  const warned = useAnswer(WrongQuery, { owner: me.id });
  const unwarned = faultOf(warned);
  const mayWrite = useMayWrite();
  const { employee } = useSession();
  const { asOf } = useRoute().params;
  return (
    <>
      <Title
        crumb={dayLong(new Date())}
        sub={
          <>
            {me.displayName}
            {employee === me.id && (
              <>
                {' · '}
                <Button className="foot-link" onPress={() => changeSession({ employee: null })}>
                  somebody else
                </Button>
              </>
            )}
            {asOf && ' · Home shows today’s values'}
          </>
        }
        actions={
          mayWrite && (
            <>
              <Button className="btn" onPress={() => openForm({ form: 'log-interaction', kind: 'CALL' })}>
                <Icon name="phone" />
                Log a call
              </Button>
              <Button className="btn" onPress={() => openForm({ form: 'open-case' })}>
                <Icon name="case" />
                Open a case
              </Button>
              <Button className="btn primary" onPress={() => openForm({ form: 'new-deal' })}>
                <Icon name="plus" />
                New deal
              </Button>
            </>
          )
        }
      >
        Your open deals
      </Title>
      <Await answer={answer} rows={12}>
        {(data) =>
          // What is wrong orders the deals: they come with it, or without it where it could not be told.
          warned.waiting ? (
            <Skeleton rows={12} />
          ) : (
            <>
              {unwarned && <Fault error={unwarned} retry={warned.retry} />}
              <Deals me={me} data={data} told={warned.data?.committeeWarnings ?? null} untold={warned.extensions.withheld?.find((one) => one.path[0] === 'committeeWarnings') ?? (warned.error && !warned.data?.committeeWarnings ? failed : undefined)} whySums={answer.extensions.withheld?.find(({ path }) => path.includes('aggregate') && path.includes('amount'))} />
            </>
          )
        }
      </Await>
    </>
  );
}

function Deals({ me, data, told, untold, whySums }: { me: Me; data: ResultOf<typeof HomeQuery>; told: Told | null; untold: Why | undefined; whySums: Why | undefined }) {
  const { employee } = data;
  const deals = employee?.deals?.nodes ?? [];
  const total = employee?.deals?.totalCount ?? null;
  const warnings = warningsOf(told);
  const talks = waiting(employee?.interactions?.nodes ?? []);
  const changes = changesSinceYesterday(deals);
  const risky = deals.filter((deal) => warnings.has(deal.id));
  const atRisk = byCurrency(risky, (deal) => deal.amount);
  const sums = employee?.deals?.aggregate;
  const apart = sums?.amount?.flatMap(({ currency, sum, count }) => (sum === null ? [] : [{ currency, amount: sum, n: count ?? 0 }])).sort(byMost);
  const allThere = deals.length === total;
  const of = total !== null && total > deals.length && `of the first ${deals.length}`;
  // Where nothing is told, that is not said to be none.
  const whyDeals = (employee && whyWithheld(employee, 'deals')) ?? undefined;
  const whyOpen = whySums ?? whyDeals;
  const whyTalks = employee && !employee.interactions ? whyWithheld(employee, 'interactions') : undefined;
  const whyUnread = !employee?.deals && whyDeals;
  const whyChanges = whyUnread || deals.map((deal) => whyWithheld(deal, 'history')).find((why) => why);
  return (
    <div className="stack">
      <div className="strip">
        <div>
          <p className="k">Open{total !== null && `, ${counted(total, 'deal')}`}</p>
          {(!!apart?.length || (!whyOpen && !(allThere && deals.length > 0))) && <Sums of={apart ?? []} none={deals.length > 0 ? 'no amount that is told' : 'no amount yet'} />}
          {whyOpen && apart?.length !== (sums?.amount?.length || -1) && <Withheld why={whyOpen} />}
          {(!!apart?.length || !whyOpen) && allThere && <InNoSum of={deals} field="amount" word="deal" line="w sums" />}
        </div>
        <div>
          <p className="k">At risk{!whyUnread && !untold && `, ${counted(risky.length, 'deal')}`}</p>
          {of && <p className="w">{of}</p>}
          {whyUnread || untold ? (
            <Withheld why={whyUnread || untold!} />
          ) : (
            <>
              {(atRisk.length > 0 || risky.length === 0) && <Sums of={atRisk} risk none="nothing" />}
              <InNoSum of={risky} field="amount" word="deal" line="w sums" />
            </>
          )}
        </div>
        <div>
          <p className="k">Needs an answer</p>
          {whyTalks ? <Withheld why={whyTalks} /> : <p className="v">{talks.length}</p>}
          {talks.length > 0 && talks[talks.length - 1].at && <p className="w">the oldest for {ago(talks[talks.length - 1].at!)}</p>}
        </div>
        <div>
          <p className="k">Changed since yesterday</p>
          {of && <p className="w">{of}</p>}
          {whyChanges ? <Withheld why={whyChanges} /> : <p className="v">{changes.length}</p>}
        </div>
      </div>
      {!whyUnread && deals.length === 0 ? (
        <Empty>{me.displayName ?? 'This person'} works on no open deal that you may see.</Empty>
      ) : (
        <div className="columns home">
          {deals.length > 0 && (
            <div className="stack">
              <ClosePicture deals={deals} warnings={warnings} of={of} />
              <DealTable deals={deals} warnings={warnings} total={total} truncated={told?.truncated ?? false} untold={untold} />
            </div>
          )}
          <div className="stack">
            <NeedsAnswer talks={talks} untold={whyTalks} />
            <SinceYesterday changes={changes} untold={whyChanges} />
            <Moved />
          </div>
        </div>
      )}
    </div>
  );
}
