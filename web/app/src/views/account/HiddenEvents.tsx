import { useAnswer } from '../../api/use-answer';
import { AndMore, None, Part } from '../../ui/Part';
import { hrefOf } from '../../route';
import { Await } from '../../ui/states';
import { Box, Field } from '../../ui/values';
import { day, duration, words } from '../../ui/words';
import { HiddenEventsQuery } from './queries';

const could = { OURS: 'ours to prevent', CUSTOMERS: 'theirs to prevent', NEITHER: 'nobody could prevent it' };

/** What happened to the company without its doing: to itself, its contracts and its places. */
export function HiddenEvents({ id, asOf, short }: { id: string; asOf: string | undefined; short?: boolean }) {
  const answer = useAnswer(HiddenEventsQuery, { id, asOf, first: short ? 4 : 100 });
  return (
    <Box title="Hidden events that reached it" n={answer.data?.account?.timeline?.totalCount}>
      <Await answer={answer} rows={2}>
        {({ account }) =>
          account && (
            <Part of={account} field="timeline">
              {({ nodes, totalCount }) => {
                const shown = nodes.filter((one) => one.__typename === 'HiddenEvent');
                if (shown.length === 0) return <None>None that you may see.</None>;
                return (
                  <>
                    <ul className="list">
                      {shown.map((one) => (
                        <li key={one.id} className="account-hidden">
                          <a className="name hidden-event" href={hrefOf(one.id)}>
                            <Field of={one} field="description" none={one.hiddenEventKind ? words(one.hiddenEventKind) : 'A hidden event'} />
                          </a>
                          <span className="soft xs">
                            {one.began && day(one.began)}
                            {one.began && one.endedAt && `, ${duration((Date.parse(one.endedAt) - Date.parse(one.began)) / 1000)}`}
                            {' · '}
                            <Field of={one} field="control" none="who could have prevented it is not known">{(control) => could[control]}</Field>
                            {' · '}
                            <Field of={one} field="notifiedAt" none="they were not told">{(at) => `they were told ${day(at)}`}</Field>
                          </span>
                        </li>
                      ))}
                    </ul>
                    <AndMore of={totalCount} shown={shown.length} word="hidden event" />
                  </>
                );
              }}
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
