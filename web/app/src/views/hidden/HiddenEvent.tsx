import { Button } from 'react-aria-components/Button';
import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { copyLink, copyQuery } from '../../frame/copy';
import { useViewer } from '../../frame/viewer';
import { href, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { NotThere } from '../../ui/NotThere';
import { Await } from '../../ui/states';
import { useTwinKey } from '../../ui/Twin';
import { Box, Chip, Fact, Facts, Field, Title, Withheld, whyWithheld } from '../../ui/values';
import { day, time } from '../../ui/words';
import { After } from './After';
import { Aftermath } from './Aftermath';
import { Exposure } from './Exposure';
import { ReachedDirectly } from './Reach';
import { SpanChoices } from './span';
import { controls, HowLong, kindName, Told, When } from './told';
import './hidden.css';

const HiddenEventQuery = graphql(`
  query HiddenEvent($id: ID!) {
    hiddenEvent(id: $id) {
      id displayName hiddenEventKind at endedAt description control valueBefore valueAfter notifiedAt
      withheld { field reason purpose category since }
      ...Reach
    }
  }
`, [ReachedDirectly]);

/** One hidden event: what it was, whom it reached along the graph, and what these did next, against others who were like them. */
export default function HiddenEvent({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  useTwinKey();
  const answer = useAnswer(HiddenEventQuery, { id });
  const many = useViewer().purpose !== 'SELF';
  return (
    <Await answer={answer} rows={10}>
      {({ hiddenEvent: event }) => {
        if (!event) return <NotThere what="Hidden event" list={['hidden-events', 'Hidden events']} extensions={answer.extensions} />;
        const noText = whyWithheld(event, 'description') ?? whyWithheld(event, 'displayName');
        return (
          <>
            <Title
              crumb={
                <>
                  <a className="link" href={href(['hidden-events'])}>
                    Hidden events
                  </a>
                  <Icon name="right" small />
                  <Field of={event} field="hiddenEventKind">{(kind) => <a className="link" href={href(['hidden-events'], { kind })}>{kindName(kind)}</a>}</Field>
                </>
              }
              sub={
                <>
                  <When of={event} /> · <Field of={event} field="control">{(control) => controls[control]}</Field> · <Told of={event} />
                </>
              }
              actions={
                <>
                  <Button className="btn" onPress={() => void copyLink()}>
                    <Icon name="link" />
                    Copy link
                  </Button>
                  <Button className="btn" onPress={() => void copyQuery()}>
                    <Icon name="code" />
                    Copy as GraphQL
                  </Button>
                </>
              }
            >
              <span className="diamond large" aria-hidden="true" />
              {event.description || event.displayName ? <bdi>{event.description ?? event.displayName}</bdi> : event.hiddenEventKind ? kindName(event.hiddenEventKind) : 'Hidden event'}
            </Title>
            <div className="stack">
              {many && event.at && <SpanChoices />}
              <div className="columns aside">
                <div className="stack">
                  {!many ? <p className="box pad">Whom it reached, and what came after, is told of many: Self is about oneself alone.</p> : event.at ? <Exposure event={event} at={event.at} /> : <p className="box pad"><Field of={event} field="at" /></p>}
                </div>
                <div className="stack">
                  <Box title="What it was" more={asOf && <Chip>today’s value</Chip>}>
                    <div className="pad">
                      <Facts>
                        {noText && <Fact word="In words"><Withheld why={noText} /></Fact>}
                        <Fact word="Kind"><Field of={event} field="hiddenEventKind">{(kind) => kindName(kind)}</Field></Fact>
                        <Fact word="Began"><Field of={event} field="at">{(at) => `${day(at)}, ${time(at)}`}</Field></Fact>
                        <Fact word="Ended"><Field of={event} field="endedAt" none="still holds">{(at) => `${day(at)}, ${time(at)}`}</Field></Fact>
                        <Fact word="How long"><HowLong of={event} /></Fact>
                        <Fact word="Before"><Field of={event} field="valueBefore" none="no value changed" /></Fact>
                        <Fact word="After"><Field of={event} field="valueAfter" none="no value changed" /></Fact>
                        <Fact word="In whose hands"><Field of={event} field="control">{(control) => controls[control]}</Field></Fact>
                        <Fact word="Told"><Field of={event} field="notifiedAt" none="nobody was told">{(at) => `${day(at)}, ${time(at)}`}</Field></Fact>
                      </Facts>
                    </div>
                    {many && event.hiddenEventKind && (
                      <p className="pad sm hidden-onward">
                        <a className="link" href={href(['journeys'], journeysAfter(event.hiddenEventKind))}>
                          What companies do after events of this kind
                        </a>
                      </p>
                    )}
                  </Box>
                </div>
              </div>
              {many && event.at && <Aftermath id={event.id} at={event.at} />}
              {event.at && <After id={event.id} at={event.at} />}
            </div>
          </>
        );
      }}
    </Await>
  );
}

/** Journeys of companies, step by step from the first event of a kind on. */
const journeysAfter = (kind: string) => ({ question: 'accounts', start: `HIDDEN_EVENT ${kind}` });
