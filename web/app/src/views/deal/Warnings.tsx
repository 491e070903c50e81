import { Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box, Chip, Day, Name } from '../../ui/values';
import { type Deal, type Warning } from './queries';
import type { CommitteeAnswer } from './Verdict';
import { raisedSentence, unjudgedSentence, warningOrder, warningWords } from './words';

/** A sentence begins with its subject, or goes on behind a name. */
const sentence = (text: string, behind: boolean) => (behind ? text : text.charAt(0).toUpperCase() + text.slice(1));

const byGravity = (a: Warning, b: Warning) => warningOrder.indexOf(a.code) - warningOrder.indexOf(b.code);

/** What was looked at: what is wrong, what cannot be judged and why, and what is in order. */
export function Warnings({ answer, deal }: { answer: CommitteeAnswer; deal: Deal }) {
  const all = answer.data?.deal?.committee?.warnings;
  const raised = all?.filter((one) => one.state === 'RAISED');
  return (
    <Box title="What is wrong" n={raised?.length}>
      <Await answer={answer} rows={3}>
        {(data) =>
          data.deal?.committee ? (
            <Looked warnings={data.deal.committee.warnings} currency={deal.amount?.currency} />
          ) : (
            data.deal && (
              <Part of={data.deal} field="committee">
                {() => null}
              </Part>
            )
          )
        }
      </Await>
    </Box>
  );
}

function Looked({ warnings, currency }: { warnings: readonly Warning[]; currency?: string }) {
  const raised = warnings.filter((one) => one.state === 'RAISED').sort(byGravity);
  const open = warnings.filter((one) => one.state === 'CANNOT_BE_JUDGED' || one.state === 'WITHHELD').sort(byGravity);
  const clear = warnings.filter((one) => one.state === 'CLEAR' && !raised.some((other) => other.code === one.code)).sort(byGravity);
  return (
    <ul className="list">
      {raised.length === 0 && <li>Nothing that was looked at is wrong.</li>}
      {raised.map((one) => (
        <li key={one.code + (one.customer?.id ?? '')}>
          <span className="list-top">
            <Chip tone="warning" icon="warn">
              {warningWords[one.code]}
            </Chip>
            {one.since && (
              <span className="when">
                since <Day at={one.since} />
              </span>
            )}
          </span>
          <span className="soft">
            {one.customer && (
              <>
                <Name of={one.customer} />:{' '}
              </>
            )}
            {sentence(raisedSentence(one, currency), one.customer !== null)}
          </span>
        </li>
      ))}
      {open.map((one) => (
        <li key={one.code + (one.customer?.id ?? '')}>
          <span className="list-top">
            {one.state === 'WITHHELD' ? (
              <span className="withheld">{warningWords[one.code]}: withheld</span>
            ) : (
              <Chip tone="judge" icon="q">
                {warningWords[one.code]}: cannot be judged, n {one.n}
              </Chip>
            )}
          </span>
          <span className="soft">
            {one.customer && (
              <>
                <Name of={one.customer} />:{' '}
              </>
            )}
            {one.state === 'WITHHELD' ? 'It rests on what this purpose is not told of anybody.' : unjudgedSentence(one)}
          </span>
        </li>
      ))}
      {clear.length > 0 && (
        <li>
          <span className="faint">Looked at, and not so: {[...new Set(clear.map((one) => warningWords[one.code].toLowerCase()))].join(', ')}.</span>
        </li>
      )}
    </ul>
  );
}
