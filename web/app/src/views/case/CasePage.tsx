import { Button } from 'react-aria-components/Button';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { useMayWrite } from '../../frame/viewer';
import { href, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { NotThere } from '../../ui/NotThere';
import { AndMore, None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box, Chip, Day, Fact, Facts, Field, Name, Title, Withheld, whyWithheld } from '../../ui/values';
import { day, duration, instrumentWord, time, words } from '../../ui/words';
import { openForm } from '../forms/open';
import { Timeline } from '../timeline/Timeline';

const CaseQuery = graphql(`
  query Case($id: ID!, $asOf: DateTime) {
    case(id: $id, asOf: $asOf) {
      id displayName number caseKind severity status subject openedAt resolvedAt
      withheld { field reason purpose category since }
      party(asOf: $asOf) { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      product { id displayName withheld { field reason purpose category since } }
      feedbacks(first: 10, orderBy: [{ at: DESC }]) {
        totalCount
        nodes { id at instrument question score text withheld { field reason purpose category since } givenBy { id displayName withheld { field reason purpose category since } } }
      }
      history(properties: [STATUS, SEVERITY], first: 50) {
        totalCount
        nodes { at property from to actor source }
      }
    }
  }
`);

type Case = NonNullable<ResultOf<typeof CaseQuery>['case']>;

/** One case: what it is about, whose it is, how it went, and what was said of it. */
export default function CasePage({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(CaseQuery, { id, asOf });
  return (
    <Await answer={answer} rows={10}>
      {({ case: of }) =>
        of ? (
          <>
            <Head of={of} />
            <div className="columns aside">
              <Timeline id={id} />
              <div className="stack">
                <About of={of} />
                <Changes of={of} asOf={asOf} />
                <Feedbacks of={of} />
              </div>
            </div>
          </>
        ) : (
          <NotThere what="Case" list={['cases', 'Cases']} extensions={answer.extensions} />
        )
      }
    </Await>
  );
}

const open = ({ status }: Case) => status === 'OPEN' || status === 'PENDING';

function Head({ of }: { of: Case }) {
  const may = useMayWrite();
  return (
    <Title
      crumb={
        <>
          <a className="link" href={href(['cases'])}>
            Cases
          </a>
          <Icon name="right" small />
          <Field of={of} field="number" none="without a number" />
        </>
      }
      actions={
        may && (
          <Button className="btn primary" onPress={() => openForm({ form: 'update-case', id: of.id })}>
            <Icon name="case" />
            Update
          </Button>
        )
      }
      sub={
        <>
          {whyWithheld(of, 'party') ? (
            <>
              Of <Withheld why={whyWithheld(of, 'party')!} />
            </>
          ) : of.party ? (
            <>
              Of <Name of={of.party} />
            </>
          ) : (
            'Of nobody whom you may see'
          )}
          {of.openedAt && (
            <>
              {' · '}Opened <Day at={of.openedAt} />, {time(of.openedAt)}
            </>
          )}
          {of.openedAt && of.resolvedAt && ` · Resolved after ${duration((Date.parse(of.resolvedAt) - Date.parse(of.openedAt)) / 1000)}`}
        </>
      }
    >
      <span dir="auto">
        <Field of={of} field="subject" none="Without a subject" />
      </span>
    </Title>
  );
}

function About({ of }: { of: Case }) {
  const grave = of.severity === 'HIGH' || of.severity === 'CRITICAL';
  return (
    <Box title="About">
      <div className="pad">
        <Facts>
          <Fact word="Status">
            <Field of={of} field="status">{(status) => <Chip tone={open(of) ? undefined : 'good'} icon={open(of) ? 'clock' : 'check'}>{words(status)}</Chip>}</Field>
          </Fact>
          <Fact word="Severity">
            <Field of={of} field="severity">{(severity) => <Chip tone={grave && open(of) ? 'warning' : undefined} icon={grave && open(of) ? 'warn' : undefined}>{words(severity)}</Chip>}</Field>
          </Fact>
          <Fact word="Kind">
            <Field of={of} field="caseKind">{(kind) => words(kind)}</Field>
          </Fact>
          <Fact word="Product">
            <Field of={of} field="product" none="none">
              {(product) => <Name of={product} none="A product" />}
            </Field>
          </Fact>
          <Fact word="Opened">
            <Field of={of} field="openedAt">{(at) => `${day(at)}, ${time(at)}`}</Field>
          </Fact>
          <Fact word="Resolved">
            <Field of={of} field="resolvedAt" none="not yet">{(at) => `${day(at)}, ${time(at)}`}</Field>
          </Fact>
        </Facts>
      </div>
    </Box>
  );
}

function Changes({ of, asOf }: { of: Case; asOf: string | undefined }) {
  return (
    <Box title="How it went" n={of.history?.totalCount}>
      <Part of={of} field="history">
        {({ nodes, totalCount }) => {
          const known = nodes.filter((one) => !asOf || !one.at || one.at <= asOf);
          if (known.length === 0) return <None>No change is known.</None>;
          return (
            <>
              <ul className="list">
                {known.map((one, index) => (
                  <li key={`${one.at} ${one.property} ${index}`}>
                    <span className="list-top">
                      <span>
                        {words(one.property)} {one.from && <span className="was">{words(one.from)}</span>} {one.to ? words(one.to) : 'none'}
                      </span>
                      {one.at && (
                        <span className="when">
                          {day(one.at)}, {time(one.at)}
                        </span>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
              <AndMore of={totalCount} shown={nodes.length} word="change" />
            </>
          );
        }}
      </Part>
    </Box>
  );
}

function Feedbacks({ of }: { of: Case }) {
  return (
    <Box title="Feedback" n={of.feedbacks?.totalCount}>
      <Part of={of} field="feedbacks">
        {({ nodes, totalCount }) =>
          nodes.length === 0 ? (
            <None>None on this case.</None>
          ) : (
            <>
              <ul className="list">
                {nodes.map((one) => (
                  <li key={one.id}>
                    <span className="list-top">
                      <span>
                        {one.givenBy ? <Name of={one.givenBy} /> : 'Somebody'}: <Field of={one} field="score" none="no score">{(score) => <span className="strong">{score}</span>}</Field>{' '}
                        <span className="faint">{one.instrument && instrumentWord(one.instrument)}</span>
                      </span>
                      {one.at && <span className="when">{day(one.at)}</span>}
                    </span>
                    {one.question && (
                      <span className="soft" dir="auto">
                        {one.question}
                      </span>
                    )}
                    {whyWithheld(one, 'text') ? <Withheld why={whyWithheld(one, 'text')!} /> : one.text && <span dir="auto">{one.text}</span>}
                  </li>
                ))}
              </ul>
              <AndMore of={totalCount} shown={nodes.length} word="answer" />
            </>
          )
        }
      </Part>
    </Box>
  );
}
