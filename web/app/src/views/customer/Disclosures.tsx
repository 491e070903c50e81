import type { Category } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { usePager } from '../../ui/usePager';
import { Box, Field } from '../../ui/values';
import { categories, counted, day, purposes, time, words } from '../../ui/words';
import { DisclosuresQuery } from './queries';

const kind = (category: string) => categories[category as Category] ?? words(category).toLowerCase();

/** Who was told what of this person, when and for what: a page at a time, newest first. */
export function Disclosures({ id }: { id: string }) {
  const { after, turns } = usePager();
  const answer = useAnswer(DisclosuresQuery, { id, after });
  const total = answer.data?.customer?.disclosures?.totalCount;
  return (
    <Box title="Who was told what" n={total ?? undefined}>
      <Await answer={answer} rows={3}>
        {({ customer }) =>
          customer && (
            <Part of={customer} field="disclosures">
              {({ nodes, pageInfo }) =>
                nodes.length === 0 ? (
                  <None>Nobody was told anything.</None>
                ) : (
                  <>
                    <ul className="list">
                      {nodes.map((one) => (
                        <li key={one.id}>
                          <span className="list-top">
                            <Field of={one} field="operation" none="An answer without a name">{(name) => words(name)}</Field>
                            {one.at && (
                              <span className="when">
                                {day(one.at)}, {time(one.at)}
                              </span>
                            )}
                          </span>
                          <span className="soft">
                            For <Field of={one} field="purpose">{(purpose) => purposes[purpose].word}</Field>, to <Field of={one} field="actor" none={one.roles?.length ? `somebody who may ${one.roles.join(', ')}` : 'a caller without a name'} />
                            {one.times !== null && one.times > 1 && `, ${counted(one.times, 'time')}`}
                            {one.lastAt && ` until ${day(one.lastAt)}, ${time(one.lastAt)}`}
                          </span>
                          <span className="faint xs">{one.categories?.map(kind).join(', ')}</span>
                        </li>
                      ))}
                    </ul>
                    {turns(pageInfo)}
                  </>
                )
              }
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
