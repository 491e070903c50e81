import type { ResultOf } from '../../api/graphql';
import type { Answer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Await } from '../../ui/states';
import { Field } from '../../ui/values';
import { counted, day } from '../../ui/words';
import { openOf, WouldDecide } from './decides';
import { type CommitteeQuery, type Committee, type Deal } from './queries';
import { warningOrder, warningWords } from './words';

export type CommitteeAnswer = Answer<ResultOf<typeof CommitteeQuery>>;

/** What to do, and what that rests on. The sentences are the server's own. */
export function Verdict({ answer, deal }: { answer: CommitteeAnswer; deal: Deal }) {
  return (
    <section className="box verdict" aria-label="Verdict">
      <Await answer={answer} rows={2}>
        {(data) =>
          data.deal?.committee ? (
            <Said committee={data.deal.committee} deal={deal} />
          ) : (
            <p className="sm">
              Who decides: {data.deal ? <Field of={data.deal} field="committee" none="nothing is known" /> : 'nothing that you may see.'}
            </p>
          )
        }
      </Await>
    </section>
  );
}

function Said({ committee, deal }: { committee: Committee; deal: Deal }) {
  const asOf = useAsOf();
  const decided = deal.closedAt !== null && (!asOf || deal.closedAt <= asOf);
  const [first, ...rest] = committee.verdict;
  const claims = committee.members.reduce((sum, one) => sum + 1 + one.competingClaims.length, 0);
  const limits = committee.members.filter((one) => one.approval === 'COVERS' || one.approval === 'BELOW').length;
  const unjudged = committee.warnings.filter((one) => one.state === 'CANNOT_BE_JUDGED' || one.state === 'WITHHELD');
  const open = decided ? [] : openOf(committee, deal);
  const silent = warningOrder.filter((code) => unjudged.some((one) => one.code === code));
  return (
    <>
      <div className="say">
        {first ? (
          <p className="say-first">{first.text}</p>
        ) : (
          <p className="say-first">{decided ? `The deal is decided: it was ${deal.outcome === 'WON' ? 'won' : deal.outcome === 'LOST' ? 'lost' : 'closed'} on ${day(deal.closedAt!)}.` : committee.members.length === 0 ? 'Nothing is claimed of anybody yet: say who decides.' : 'Nothing stands out.'}</p>
        )}
        {rest.length > 0 && (
          <ul className="say-rest">
            {rest.map((one) => (
              <li key={one.code + one.text}>{one.text}</li>
            ))}
          </ul>
        )}
      </div>
      <dl className="facts">
        <div>
          <dt>Rests on</dt>
          <dd>
            {counted(claims, 'claim')} of {counted(committee.members.length, 'person', 'people')}, {counted(limits, 'approval limit')} known
            {committee.liveThreads !== null && <>, {counted(committee.liveThreads, 'live thread')}</>}
            {deal.slips && <>, {counted(deal.slips.length, 'move')} of the close</>}
            {committee.truncated && <>. More is claimed than was looked at</>}
          </dd>
        </div>
        {open.length > 0 && (
          <div>
            <dt>Would decide it</dt>
            <dd>
              <WouldDecide of={open} />
            </dd>
          </div>
        )}
        {silent.length > 0 && (
          <div>
            <dt>Silent on</dt>
            <dd>{silent.map((code) => warningWords[code].toLowerCase()).join(', ')}: see what is wrong</dd>
          </div>
        )}
      </dl>
    </>
  );
}
