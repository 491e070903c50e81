import { graphql, type ResultOf } from '../../api/graphql';
import type { Extensions } from '../../api/answers';
import { useAnswer } from '../../api/use-answer';
import { Await } from '../../ui/states';
import { Box } from '../../ui/values';
import { count } from '../../ui/words';
import { NotTold } from '../journeys/use-journey';
import { Alike } from './Alike';
import { Differences } from './Differences';
import { useSpan } from './span';
import { LeftOut, NoNumber } from './untold';

const AftermathQuery = graphql(`
  query Aftermath($id: ID!, $window: String!) {
    hiddenEvent(id: $id) {
      id
      aftermath(window: $window) {
        matched unmatched refused
        balance { measure before after }
        differences { outcome exposed matched difference low high ofExposed ofMatched }
      }
    }
  }
`);

export type Told = NonNullable<NonNullable<ResultOf<typeof AftermathQuery>['hiddenEvent']>['aftermath']>;

/** What those whom it reached did, said and felt afterwards, against others who were like them, and how alike they were. */
export function Aftermath({ id, at }: { id: string; at: string }) {
  const { span, word, days } = useSpan();
  const answer = useAnswer(AftermathQuery, { id, window: span });
  const told = answer.data?.hiddenEvent?.aftermath;
  const goesOn = Date.parse(at) + days * 86_400_000 > Date.now();
  return (
    <div className="columns aside">
      <Box title="Aftermath" n={`within ${word}, against others who were like them before`}>
        <Await answer={answer} rows={8}>
          {({ hiddenEvent }) =>
            hiddenEvent?.aftermath ? (
              <>
                <p className="pad sm">
                  <Matched told={hiddenEvent.aftermath} extensions={answer.extensions} />
                  {goesOn && ` The ${word} are not over yet, for both groups alike.`}
                </p>
                {hiddenEvent.aftermath.refused ? (
                  <Refused told={hiddenEvent.aftermath} refused={hiddenEvent.aftermath.refused} />
                ) : (
                  <Differences all={hiddenEvent.aftermath.differences} extensions={answer.extensions} />
                )}
                <LeftOut extensions={answer.extensions} field="aftermath" />
                <p className="pad sm soft hidden-onward">This is association, not cause: something else may have reached the same customers.</p>
              </>
            ) : (
              <NotTold extensions={answer.extensions} field="aftermath" />
            )
          }
        </Await>
      </Box>
      {told && told.balance.length > 0 && <Alike balance={told.balance} word={word} extensions={answer.extensions} />}
    </div>
  );
}

function Matched({ told: { matched, unmatched }, extensions }: { told: Told; extensions: Extensions }) {
  const none = <NoNumber extensions={extensions} field="aftermath" />;
  return (
    <>
      Whom it reached and who {matched === 1 ? 'has' : 'have'} a match: <b>{matched === null ? none : count(matched)}</b>. Who {unmatched === 1 ? 'has' : 'have'} none and {unmatched === 1 ? 'is' : 'are'} left out:{' '}
      <b>{unmatched === null ? none : count(unmatched)}</b>.
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
