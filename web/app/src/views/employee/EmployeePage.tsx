import { Button } from 'react-aria-components/Button';
import { changeSession } from '../../api/session';
import { useAnswer } from '../../api/use-answer';
import { useMe } from '../../frame/viewer';
import { go, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { NotThere } from '../../ui/NotThere';
import { AndMore, None, Part, TodaysValue } from '../../ui/Part';
import { TieBar } from '../../ui/TieBar';
import { Await } from '../../ui/states';
import { Avatar, Box, Field, Name, Title, Withheld, whyWithheld } from '../../ui/values';
import { counted, day, words } from '../../ui/words';
import { Timeline } from '../timeline/Timeline';
import { OpenDeals } from './OpenDeals';
import { EmployeeQuery, type Employee } from './queries';

/** One of our own people: open deals and what is wrong with them, whom the person knows, and what passed. */
export default function EmployeePage({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(EmployeeQuery, { id, asOf });
  return (
    <Await answer={answer} rows={10}>
      {({ employee }) =>
        employee ? (
          <>
            <Head of={employee} asOf={asOf} />
            <div className="columns aside">
              <div className="stack">
                <OpenDeals id={id} asOf={asOf} />
                <Timeline id={id} />
              </div>
              <div className="stack">
                <Team of={employee} />
                <Ties of={employee} />
                <Accounts of={employee} />
              </div>
            </div>
          </>
        ) : (
          <NotThere what="Employee" extensions={answer.extensions} />
        )
      }
    </Await>
  );
}

function Head({ of, asOf }: { of: Employee; asOf: string | undefined }) {
  const me = useMe();
  return (
    <Title
      crumb="Our people"
      actions={
        me?.id !== of.id && (
          <Button
            className="btn"
            onPress={() => {
              changeSession({ employee: of.id });
              go([]);
            }}
          >
            <Icon name="home" />
            Show this person’s work on Home
          </Button>
        )
      }
      sub={
        <>
          <Field of={of} field="title" none="Title not known" />
          {' · '}
          <Field of={of} field="team" none="team not known" />
          <TodaysValue asOf={asOf} />
          {whyWithheld(of, 'manager') ? (
            <>
              {' · '}Manager <Withheld why={whyWithheld(of, 'manager')!} />
            </>
          ) : (
            of.manager && (
              <>
                {' · '}Manager <Name of={of.manager} />
              </>
            )
          )}
        </>
      }
    >
      <span className="row">
        <Avatar name={of.displayName} ours />
        <Field of={of} field="displayName" none="Without a name" />
      </span>
    </Title>
  );
}

function Team({ of }: { of: Employee }) {
  return (
    <Box title="Reports" n={of.reports?.totalCount}>
      <Part of={of} field="reports">
        {({ edges, totalCount }) =>
          edges.length === 0 ? (
            <None>Nobody reports to this person.</None>
          ) : (
            <>
              <ul className="list people-list">
                {edges.map(({ node, properties }) => (
                  <li key={node.id}>
                    <Avatar name={node.displayName} ours />
                    <span>
                      <Name of={node} />
                      <span className="about">
                        {node.title}
                        {properties.kind === 'DOTTED' && ', dotted line'}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
              <AndMore of={totalCount} shown={edges.length} word="person" words="people" />
            </>
          )
        }
      </Part>
    </Box>
  );
}

function Ties({ of }: { of: Employee }) {
  return (
    <Box title="Knows" n={of.known?.totalCount}>
      <Part of={of} field="known">
        {({ edges, totalCount }) => {
          if (edges.length === 0) return <None>Nobody whom you may see.</None>;
          const most = Math.max(0, ...edges.flatMap(({ properties }) => [properties.sumIn ?? 0, properties.sumOut ?? 0]));
          return (
            <>
              <ul className="list people-list">
                {edges.map(({ node, properties }) => {
                  const last = [properties.lastIn, properties.lastOut].filter((at) => at !== null).sort().at(-1);
                  return (
                    <li key={node.id}>
                      <Avatar name={node.displayName} />
                      <span>
                        <Name of={node} />
                        <span className="about">
                          {properties.n !== null && counted(properties.n, 'contact')}
                          {last && `, last ${day(last)}`}
                        </span>
                      </span>
                      {properties.sumIn !== null && properties.sumOut !== null && <TieBar sumIn={properties.sumIn} sumOut={properties.sumOut} most={most} />}
                    </li>
                  );
                })}
              </ul>
              <AndMore of={totalCount} shown={edges.length} word="person" words="people" />
            </>
          );
        }}
      </Part>
    </Box>
  );
}

function Accounts({ of }: { of: Employee }) {
  return (
    <Box title="Accounts" n={of.accounts?.totalCount}>
      <Part of={of} field="accounts">
        {({ edges, totalCount }) =>
          edges.length === 0 ? (
            <None>None.</None>
          ) : (
            <>
              <ul className="list">
                {edges.map(({ node, properties }) => (
                  <li key={node.id + properties.role}>
                    <span className="list-top">
                      <Name of={node} />
                      <span className="when">
                        {properties.role && (properties.role.length <= 3 ? properties.role : words(properties.role))}
                        {properties.from && `, since ${day(properties.from)}`}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
              <AndMore of={totalCount} shown={edges.length} word="account" />
            </>
          )
        }
      </Part>
    </Box>
  );
}
