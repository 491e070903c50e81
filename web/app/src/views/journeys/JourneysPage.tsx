import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { graphql } from '../../api/graphql';
import { copyLink, copyQuery } from '../../frame/copy';
import { useViewer } from '../../frame/viewer';
import { currentRoute, href, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/states';
import { Tabs } from '../../ui/Tabs';
import { useTwinKey } from '../../ui/Twin';
import { Chip, Title } from '../../ui/values';
import { count, counted, day, time } from '../../ui/words';
import { AgainTab } from './AgainTab';
import { AttributionTab } from './AttributionTab';
import { BehindPanel, type Drill } from './Behind';
import { Choice } from '../../ui/Choice';
import { DefinitionPanel } from './DefinitionPanel';
import { inputOf, questions, useDefinition } from './definition';
import { FeltTab } from './FeltTab';
import { FunnelTab } from './FunnelTab';
import { MapTab } from './MapTab';
import { caseWords, countedCases } from './names';
import { SegmentsTab } from './SegmentsTab';
import { StepsTab } from './StepsTab';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, useJourney } from './use-journey';
import { VariantsTab } from './VariantsTab';
import './journeys.css';

const JourneysQuery = graphql(`
  query Journeys($definition: JourneyDefinition!, $whole: JourneyDefinition!, $kinds: JourneyDefinition!) {
    journeys(definition: $definition) { hash definition horizon cases persons events tied }
    whole: journeys(definition: $whole) { map(first: 1) { activities { activity cases } other { activities } } }
    kinds: journeys(definition: $kinds) { map(first: 1) { activities { activity cases } } }
  }
`);

/** What many went through, by one definition that stands beside every picture: steps, map, variants and funnel. */
export default function JourneysPage(_: { id?: string }) {
  return useViewer().purpose === 'SELF' ? (
    <>
      <Title>Journeys</Title>
      <div className="box">
        <Empty>Journeys are those of many: Self is about oneself alone.</Empty>
      </div>
    </>
  ) : (
    <Journeys />
  );
}

function Journeys() {
  const { definition, question, change, ask } = useDefinition();
  useTwinKey();
  const asOf = useAsOf();
  const [drill, open] = useState<Drill | null>(null);
  const input = inputOf(definition);
  const answer = useJourney(JourneysQuery, {
    definition: input,
    whole: inputOf({ ...definition, exclude: [] }),
    kinds: inputOf({ ...definition, kinds: [], by: ['KIND'], exclude: [] }),
  });
  const { journeys, whole, kinds } = answer.data ?? {};
  const activities = whole?.map?.activities ?? [];
  const props: TabProps = {
    definition,
    input,
    question,
    activities: activities.map((one) => one.activity).filter((name) => !definition.exclude.includes(name)),
    folded: (whole?.map?.other.activities ?? 0) > 0,
    open,
  };
  const tab = (Shown: (props: TabProps) => React.ReactNode) => () => (
    <div className="columns aside journeys">
      <div className="stack">
        <AwaitJourney answer={answer} rows={14}>
          {({ journeys }) => (journeys && journeys.cases !== null ? <Shown {...props} /> : <div className="box"><NotTold extensions={answer.extensions} field="journeys" /></div>)}
        </AwaitJourney>
      </div>
      <DefinitionPanel definition={definition} change={change} activities={activities} kinds={kinds?.map?.activities ?? []} answered={journeys ?? null} />
    </div>
  );
  return (
    <>
      <Title
        crumb="Journeys"
        sub={
          journeys && journeys.cases !== null ? (
            <>
              {countedCases(journeys.cases, definition.whose)}
              {journeys.persons ? `, ${counted(journeys.persons, 'person', 'people')}` : ''}
              {journeys.events !== null && `, ${counted(journeys.events, 'event')}`}
              {journeys.horizon && `; the newest event is of ${day(journeys.horizon)}, ${time(journeys.horizon)}`}
              {journeys.tied ? `; ${count(journeys.tied)} neighbours have one time, and an order by id alone` : ''}
              {asOf && (
                <>
                  {' '}
                  <Chip>today’s value</Chip>
                </>
              )}
            </>
          ) : undefined
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
        {question?.word ?? `Journeys of ${caseWords[definition.whose][1]}`}
      </Title>
      <div className="questions-short">
        <Choice word="Question" value={question?.id ?? ''} options={[...(question ? [] : [['', 'Your own'] as const]), ...questions.map((one) => [one.id, one.word] as const)]} choose={(id) => id && ask(id)} />
      </div>
      <nav className="row questions" aria-label="Questions">
        {questions.map((one) => (
          <a key={one.id} className="pill" aria-current={one === question ? 'true' : undefined} href={href(['journeys'], { question: one.id, tab: currentRoute().params.tab })}>
            {one.word}
          </a>
        ))}
      </nav>
      <Tabs
        label="Journeys"
        tabs={[
          { id: 'steps', word: 'Steps', view: tab(StepsTab) },
          { id: 'map', word: 'Map', view: tab(MapTab) },
          { id: 'variants', word: 'Variants', view: tab(VariantsTab) },
          { id: 'funnel', word: 'Funnel', view: tab(FunnelTab) },
          { id: 'segments', word: 'Segments', view: tab(SegmentsTab) },
          { id: 'again', word: 'Again and how long', view: tab(AgainTab) },
          { id: 'felt', word: 'How it was felt', view: tab(FeltTab) },
          { id: 'attribution', word: 'Attribution', view: tab(AttributionTab) },
        ]}
      />
      <BehindPanel drill={drill} definition={definition} close={() => open(null)} />
    </>
  );
}
