import { useState, type ComponentProps, type ReactNode } from 'react';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Await, Empty } from '../../ui/states';
import { Box } from '../../ui/values';
import { count, day } from '../../ui/words';
import { BehindPanel, type Drill } from '../journeys/Behind';
import { plain } from '../journeys/definition';
import { Number } from '../journeys/Number';
import { NotTold } from '../journeys/use-journey';
import { Heard } from './Heard';
import { Reach, thingsOf } from './Reach';
import { useSpan } from './span';
import { LeftOut } from './untold';
import { Ways } from './Ways';

const ExposureQuery = graphql(`
  query Exposure($id: ID!, $within: String!) {
    hiddenEvent(id: $id) {
      id
      exposure(within: $within) { customers accounts aware silent ways { way things accounts customers } }
    }
  }
`);

export type Exposed = NonNullable<NonNullable<ResultOf<typeof ExposureQuery>['hiddenEvent']>['exposure']>;

/** Whom it reached, of whom we heard, and by which ways. Numbers of people open who they are. */
export function Exposure({ event, at }: { event: { id: string } & ComponentProps<typeof Reach>['of']; at: string }) {
  const { id } = event;
  const { span, word } = useSpan();
  const answer = useAnswer(ExposureQuery, { id, within: span });
  const [drill, open] = useState<Drill | null>(null);
  const who = (title: string, aware?: boolean): Drill => ({ title, behind: { exposed: { event: id, within: span, ...(aware === undefined ? {} : { aware }) } } });
  return (
    <Box title="Exposure" n="who had it then, as the graph leads there">
      <Await answer={answer} rows={6}>
        {({ hiddenEvent }) => {
          const exposure = hiddenEvent?.exposure;
          if (!exposure) return <NotTold extensions={answer.extensions} field="exposure" />;
          return (
            <>
              <ol className="exposure">
                <Step n={count(thingsOf(event))} word="reached directly" about={<Reach of={event} />} />
                <Step n={count(exposure.accounts)} word={exposure.accounts === 1 ? 'company' : 'companies'} about={`that had it on ${day(at)}`} />
                <Step
                  n={<Number n={exposure.customers} of="customers" drill={who('Whom it reached')} open={open} />}
                  word={exposure.customers === 1 ? 'customer' : 'customers'}
                  about="themselves, or as people who worked there then"
                />
              </ol>
              {exposure.customers === 0 && exposure.accounts === 0 ? (
                <Empty>It reached nobody whom you may see.</Empty>
              ) : (
                <Heard exposure={exposure} within={word} who={who} open={open} extensions={answer.extensions} />
              )}
              <LeftOut extensions={answer.extensions} field="exposure" />
              {exposure.ways.length > 0 && <Ways ways={exposure.ways} />}
            </>
          );
        }}
      </Await>
      <BehindPanel drill={drill} definition={{ ...plain, whose: 'customers' }} close={() => open(null)} />
    </Box>
  );
}

function Step({ n, word, about }: { n: ReactNode; word: string; about: ReactNode }) {
  return (
    <li>
      <span className="exposure-n">{n}</span>
      <span>{word}</span>
      <span className="xs soft">{about}</span>
    </li>
  );
}
