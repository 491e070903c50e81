import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { graphql, type ResultOf, type VariablesOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { changeParams, useAsOf, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';
import { Await, Empty } from '../../ui/states';
import { Box, Chip, Field, Name, Title, Withheld } from '../../ui/values';
import { count, counted, reasonSentence } from '../../ui/words';
import { Reach, ReachedDirectly } from './Reach';
import { controls, HowLong, kindName, Told, When } from './told';
import './hidden.css';

const HiddenEventsQuery = graphql(`
  query HiddenEvents($filter: HiddenEventFilter, $after: String) {
    hiddenEvents(first: 50, after: $after, filter: $filter, orderBy: [{ at: DESC }]) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id displayName hiddenEventKind at endedAt control notifiedAt
        withheld { field reason purpose category since }
        ...Reach
      }
    }
  }
`, [ReachedDirectly]);

type Row = NonNullable<ResultOf<typeof HiddenEventsQuery>['hiddenEvents']>['nodes'][number];
type Filter = NonNullable<VariablesOf<typeof HiddenEventsQuery>['filter']>;
type Kind = NonNullable<Row['hiddenEventKind']>;
type Control = NonNullable<Row['control']>;

const kinds: readonly Kind[] = ['OUTAGE', 'PRICE_CHANGE', 'CREDIT_LIMIT', 'FORCED_UPDATE', 'IDENTITY_THEFT', 'WRONG_OFFER', 'OTHER'];
/** What happened to customers without anybody saying so, newest first. */
export default function HiddenEvents(_: { id?: string }) {
  const { params } = useRoute();
  const asOf = useAsOf();
  const kind = kinds.find((one) => one === params.kind);
  const control = (Object.keys(controls) as Control[]).find((one) => one === params.control);
  const told = params.told === 'yes' || params.told === 'no' ? params.told : undefined;
  const filter: Filter = {
    ...(kind ? { hiddenEventKind: { eq: kind } } : {}),
    ...(control ? { control: { eq: control } } : {}),
    ...(told ? { notifiedAt: { isNull: told === 'no' } } : {}),
    ...(asOf ? { at: { lte: asOf } } : {}),
  };
  return (
    <>
      <Title sub="What happened to customers without a word of theirs: it stands in their timelines, and in what they do next.">Hidden events</Title>
      <div className="hidden-choices">
        <Narrow word="Kind" name="kind" value={kind} options={kinds.map((one) => [one, kindName(one)])} />
        <Narrow word="In whose hands" name="control" value={control} options={Object.entries(controls)} />
        <Narrow
          word="Told"
          name="told"
          value={told}
          options={[
            ['yes', 'Those affected were told'],
            ['no', 'Nobody was told'],
          ]}
        />
      </div>
      <Pages key={JSON.stringify(filter)} filter={filter} asOf={asOf} />
    </>
  );
}

type NarrowProps = { word: string; name: string; value: string | undefined; options: readonly (readonly [string, string])[] };

/** A choice that stands in the address, of all unless one is made. */
const Narrow = ({ word, name, value = '', options }: NarrowProps) => (
  <Choice word={word} value={value} options={[['', 'All'], ...options]} choose={(one) => changeParams({ [name]: one || null })} />
);

function Pages({ filter, asOf }: { filter: Filter; asOf: string | undefined }) {
  const [pages, turn] = useState<readonly (string | null)[]>([null]);
  return (
    <div className="stack">
      {pages.map((after, index) => (
        <Page key={after ?? ''} filter={filter} after={after} asOf={asOf} more={index === pages.length - 1 ? (cursor) => turn([...pages, cursor]) : undefined} />
      ))}
    </div>
  );
}

function Page({ filter, after, asOf, more }: { filter: Filter; after: string | null; asOf: string | undefined; more?: (cursor: string) => void }) {
  const answer = useAnswer(HiddenEventsQuery, { filter, after });
  const why = answer.extensions.withheld?.find((one) => one.path[0] === 'hiddenEvents' && one.path.length <= 2);
  return (
    <Await answer={answer} rows={8}>
      {({ hiddenEvents }) => {
        const { nodes = [], totalCount = null, pageInfo = null } = hiddenEvents ?? {};
        return (
        <Box
          title={after === null ? 'Newest first' : 'Earlier ones'}
          n={after === null && totalCount !== null ? counted(totalCount, 'hidden event') : null}
          more={asOf && <Chip title="What each reached is as it is known today">reach: today’s value</Chip>}
        >
          {nodes.length === 0 ? (
            why ? (
              <div className="empty">
                <Withheld why={why} />
                <p>{reasonSentence(why)}</p>
              </div>
            ) : (
              <Empty>No hidden event is like this.</Empty>
            )
          ) : (
            <table className="table cards hidden-table">
              <caption className="sr">Hidden events, the newest first</caption>
              <thead>
                <tr>
                  <th scope="col">What happened</th>
                  <th scope="col">When</th>
                  <th scope="col" className="num">How long</th>
                  <th scope="col">In whose hands</th>
                  <th scope="col">Told</th>
                  <th scope="col">Reached directly</th>
                </tr>
              </thead>
              <tbody>
                {nodes.map((row) => (
                  <tr key={row.id}>
                    <td className="wide">
                      <span className="hidden-name">
                        <span className="diamond" aria-hidden="true" />
                        <Name of={row} />
                      </span>
                      <span className="second">
                        <Field of={row} field="hiddenEventKind">{(kind) => kindName(kind)}</Field>
                      </span>
                    </td>
                    <td><When of={row} /></td>
                    <td className="num" data-word="lasted"><HowLong of={row} /></td>
                    <td className="soft"><Field of={row} field="control">{(control) => controls[control]}</Field></td>
                    <td><Told of={row} /></td>
                    <td className="wide soft"><Reach of={row} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {more && pageInfo?.hasNextPage && pageInfo.endCursor && (
            <p className="pad">
              <Button className="btn" onPress={() => more(pageInfo.endCursor!)}>
                Next {count(50)}
              </Button>
            </p>
          )}
        </Box>
        );
      }}
    </Await>
  );
}
