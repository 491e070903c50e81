import { useAnswer } from '../../api/use-answer';
import { JobChange } from '../../ui/JobChange';
import { Await } from '../../ui/states';
import { Box, Withheld } from '../../ui/values';
import { MovedQuery } from './query';

/** Contacts who went from one company to another within half a year: who was in favour there opens a door where they are now. */
export function Moved() {
  const answer = useAnswer(MovedQuery, {});
  const why = answer.extensions.withheld?.find((one) => one.path[0] === 'jobChanges');
  return (
    <Box title="Went to another company">
      <Await answer={answer} rows={2}>
        {({ jobChanges }) =>
          !jobChanges ? (
            <p className="empty">{why ? <Withheld why={why} /> : 'Nothing that you may see.'}</p>
          ) : jobChanges.changes.length === 0 ? (
            <p className="empty">Nobody whom you may see, in the last 180 days.</p>
          ) : (
            <ul className="list">
              {jobChanges.changes.map((change) => (
                <li key={change.customer.id + change.at}>
                  <JobChange of={change} />
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </Box>
  );
}
