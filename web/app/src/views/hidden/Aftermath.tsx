import { useState } from 'react';
import { graphql, type ResultOf } from '../../api/graphql';
import type { Extensions } from '../../api/answers';
import { useAnswer } from '../../api/use-answer';
import { Await } from '../../ui/states';
import { Box } from '../../ui/values';
import { count } from '../../ui/words';
import { BehindPanel, type Drill } from '../journeys/Behind';
import { plain } from '../journeys/definition';
import { Number } from '../journeys/Number';
import { NotTold } from '../journeys/use-journey';
import { Alike } from './Alike';
import { Differences } from './Differences';
import { useOfAccounts, useSpan } from './span';
import { LeftOut, NoNumber } from './untold';
import { Weeks } from './Weeks';

const AftermathQuery = graphql(`
  query Aftermath($id: ID!, $window: String!, $accounts: Boolean!) {
    hiddenEvent(id: $id) {
      id
      aftermath(window: $window, accounts: $accounts) {
        matched unmatched refused
        balance { measure before after }
        differences { outcome exposed matched difference low high ofExposed ofMatched }
        weeks { week differences { outcome exposed matched difference low high ofExposed ofMatched } }
      }
    }
  }
`);

export type Told = NonNullable<NonNullable<ResultOf<typeof AftermathQuery>['hiddenEvent']>['aftermath']>;
export type Difference = Told['differences'][number];

/** What those whom it reached did, said and felt afterwards, against others who were like them, week by week, and how alike they were. */
export function Aftermath({ id, at }: { id: string; at: string }) {
  const { span, word, days } = useSpan();
  const accounts = useOfAccounts();
  const answer = useAnswer(AftermathQuery, { id, window: span, accounts });
  const told = answer.data?.hiddenEvent?.aftermath;
  const [drill, open] = useState<Drill | null>(null);
  const who = (title: string, matched: boolean): Drill => ({ title, behind: { exposed: { event: id, window: span, matched } } });
  const goesOn = Date.parse(at) + days * 86_400_000 > Date.now();
  return (
    <div className="columns aside">
      <div className="stack">
        <Box title="Aftermath" n={`within ${word}, against ${accounts ? 'other companies that' : 'others who'} were like them before`}>
          <Await answer={answer} rows={8}>
            {({ hiddenEvent }) =>
              hiddenEvent?.aftermath ? (
                <>
                  <p className="pad sm">
                    <Matched told={hiddenEvent.aftermath} accounts={accounts} who={who} open={open} extensions={answer.extensions} />
                    {goesOn && ` The ${word} are not over yet, for both groups alike.`}
                  </p>
                  {hiddenEvent.aftermath.refused ? (
                    <Refused told={hiddenEvent.aftermath} refused={hiddenEvent.aftermath.refused} />
                  ) : (
                    <Differences all={hiddenEvent.aftermath.differences} accounts={accounts} extensions={answer.extensions} />
                  )}
                  <LeftOut extensions={answer.extensions} field="aftermath" />
                  <p className="pad sm soft hidden-onward">This is association, not cause: something else may have reached the same {accounts ? 'companies' : 'customers'}.</p>
                </>
              ) : (
                <NotTold extensions={answer.extensions} field="aftermath" />
              )
            }
          </Await>
        </Box>
        {told && told.weeks.length > 0 && <Weeks told={told} at={at} days={days} accounts={accounts} extensions={answer.extensions} />}
      </div>
      {told && told.balance.length > 0 && <Alike balance={told.balance} word={word} accounts={accounts} extensions={answer.extensions} />}
      <BehindPanel drill={drill} definition={{ ...plain, whose: accounts ? 'accounts' : 'customers' }} close={() => open(null)} />
    </div>
  );
}

type MatchedProps = { told: Told; accounts: boolean; who: (title: string, matched: boolean) => Drill; open: (drill: Drill) => void; extensions: Extensions };

function Matched({ told: { matched, unmatched }, accounts, who, open, extensions }: MatchedProps) {
  const which = accounts ? 'Companies that it reached' : 'Whom it reached';
  const number = (n: number | null, is: boolean) =>
    n === null ? <NoNumber extensions={extensions} field="aftermath" /> : <Number n={n} of={is ? 'with a match' : 'without a match'} drill={who(`${which}, ${is ? 'with' : 'without'} a match`, is)} open={open} />;
  const that = accounts ? 'that' : 'who';
  return (
    <>
      {which} and {that} {matched === 1 ? 'has' : 'have'} a match: <b>{number(matched, true)}</b>. {accounts ? 'That' : 'Who'} {unmatched === 1 ? 'has' : 'have'} none and {unmatched === 1 ? 'is' : 'are'} left out:{' '}
      <b>{number(unmatched, false)}</b>.
    </>
  );
}

/** Why no difference is told, and what that rests on. */
function Refused({ told, refused }: { told: Told; refused: NonNullable<Told['refused']> }) {
  const most = told.balance.reduce((far, { after }) => Math.max(far, Math.abs(after ?? 0)), 0);
  return (
    <div className="empty">
      <p className="strong">No difference is told.</p>
      <p>
        {refused === 'TOO_FEW'
          ? `Fewer than 20 of those whom it reached have a match${told.matched === null ? '' : `: ${count(told.matched)}`}. So few say nothing of the others.`
          : `The two groups cannot be made alike: of a measure their means differ by more than 0.1 standard deviations${most > 0.1 ? `, by up to ${most.toFixed(2)}` : ''}. What came after may come from that.`}
      </p>
    </div>
  );
}
