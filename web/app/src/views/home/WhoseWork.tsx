import { Button } from 'react-aria-components/Button';
import { graphql } from '../../api/graphql';
import { changeSession } from '../../api/session';
import { useAnswer } from '../../api/use-answer';
import { Await, Empty } from '../../ui/states';
import { Avatar, Box, Title } from '../../ui/values';
import { counted } from '../../ui/words';

const EmployeesQuery = graphql(`
  query WhoseWork {
    employees(first: 200, orderBy: [{ name: ASC }]) {
      totalCount
      nodes { id displayName title team deals(first: 1, filter: { outcome: { isNull: true } }) { totalCount } }
    }
  }
`);

/** Lets one say whose work the page shows, where no token says who asks, or that could not be told. */
export function WhoseWork({ untold }: { untold: boolean }) {
  const answer = useAnswer(EmployeesQuery, {});
  return (
    <>
      <Title sub={`${untold ? 'It could not be told' : 'No token says'} who you are. Choose whose open deals this page shows; it is remembered until the tab is closed.`}>Whose work?</Title>
      <Await answer={answer}>
        {({ employees }) => {
          const people = [...(employees?.nodes ?? [])].sort((a, b) => (b.deals?.totalCount ?? 0) - (a.deals?.totalCount ?? 0));
          if (people.length === 0) return <Empty>There is nobody here whom this purpose may see.</Empty>;
          return (
            <Box title="Our own people" n={employees?.totalCount}>
              <ul className="people">
                {people.map((one) => (
                  <li key={one.id}>
                    <Button className="person-choice" onPress={() => changeSession({ employee: one.id })}>
                      <Avatar name={one.displayName} ours />
                      <span>
                        <span className="strong">{one.displayName}</span>
                        <span className="soft xs">{[one.title, one.team].filter(Boolean).join(', ')}</span>
                      </span>
                      <span className="soft xs nowrap">{one.deals?.totalCount ? counted(one.deals.totalCount, 'open deal') : ''}</span>
                    </Button>
                  </li>
                ))}
              </ul>
            </Box>
          );
        }}
      </Await>
    </>
  );
}
