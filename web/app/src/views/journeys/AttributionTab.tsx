import { graphql, type ResultOf } from '../../api/graphql';
import { changeParams, href, useRoute } from '../../route';
import { Empty } from '../../ui/states';
import { Box, Chip } from '../../ui/values';
import { count, percent } from '../../ui/words';
import { Choice } from '../../ui/Choice';
import { Names } from './DefinitionPanel';
import { joined, several } from './definition';
import { activityName, countedCases, spanName, spans } from './names';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, TooFew, useJourney } from './use-journey';

const AttributionQuery = graphql(`
  query JourneyAttribution($definition: JourneyDefinition!, $conversions: [String!]!, $channels: [String!]!, $models: [JourneyModel!], $window: String, $halfLife: String) {
    journeys(definition: $definition) {
      attribution(conversions: $conversions, channels: $channels, models: $models, window: $window, halfLife: $halfLife) {
        converted
        unconverted
        direct
        diverges
        channels { channel cases removal spread diverges credits { model conversions share } }
      }
    }
  }
`);

type Attribution = NonNullable<NonNullable<ResultOf<typeof AttributionQuery>['journeys']>['attribution']>;
type Model = Attribution['channels'][number]['credits'][number]['model'];

const models: readonly [Model, word: string, about: string][] = [
  ['FIRST', 'First', 'all to the first touch'],
  ['LAST', 'Last', 'all to the last touch'],
  ['LINEAR', 'Linear', 'to all touches alike'],
  ['TIME_DECAY', 'Time decay', 'half as much for each half-life before the conversion'],
  ['POSITION', 'Position', 'two fifths each to the first and the last, the rest to those between'],
  ['MARKOV', 'Markov', 'by how many conversions a chain loses where the channel leads nowhere'],
  ['SHAPLEY', 'Shapley', 'what a channel adds to that chain on average, over all orders'],
];

const touch = /^(INTERACTION( .+)?|CALL|MAIL|MEETING|VISIT|CHAT|PAGE_VIEW|MENTION)$/;
const most = 16;

/** Which channels conversions are credited to, by models side by side: where they do not agree, none is to be believed alone. */
export function AttributionTab({ definition, input, activities }: TabProps) {
  const { params } = useRoute();
  const there = (names: readonly string[]) => names.filter((name) => activities.includes(name));
  const conversions = there(params.conversions ? several(params.conversions) : definition.goals);
  const channels = there(params.channels ? several(params.channels) : activities.filter((name) => touch.test(name) && !conversions.includes(name)).slice(0, most));
  const span = (text: string | undefined) => (/^P\d{1,4}D$/.test(text ?? '') ? (text ?? null) : null);
  const reach = span(params.within);
  const halfLife = span(params.half) ?? 'P7D';
  const asked = models.filter(([model]) => model !== 'SHAPLEY' || channels.length <= most);
  const ready = conversions.length > 0 && channels.length > 0;
  const answer = useJourney(AttributionQuery, { definition: input, conversions, channels, models: asked.map(([model]) => model), window: reach, halfLife }, { pause: !ready });
  const options = (chosen: string | null) => [...Object.entries(spans), ...(chosen && !spans[chosen] ? [[chosen, spanName(chosen)] as const] : [])];
  const from = (others: readonly string[]) => activities.filter((name) => !others.includes(name)).map((activity) => ({ activity }));
  return (
    <>
      <p className="attribution-caution">
        <Chip tone="warning" icon="warn">Association, not cause</Chip> <span>Nobody knows what those who were reached would have done otherwise. Credit says what came before a conversion, not what brought it about.</span>
      </p>
      <Box title="Attribution" n={reach ? `touches within ${spanName(reach)} before the conversion` : 'touches whenever before the conversion'} className="attribution">
        {!ready ? (
          <Empty action={definition.whose === 'deals' ? <a className="btn" href={href(['journeys'], { question: 'touches', tab: 'attribution' })}>What comes before a deal is won</a> : undefined}>
            {conversions.length === 0 ? 'Choose below what is a conversion, and the channels that may lead to it.' : 'No touch is among the activities that are counted. Take in interactions under “What is counted”, or choose channels below.'}
          </Empty>
        ) : (
          <AwaitJourney answer={answer} rows={8}>
            {({ journeys }) => (journeys?.attribution ? <Credits told={journeys.attribution} asked={asked} whose={definition.whose} /> : <NotTold extensions={answer.extensions} field="attribution" />)}
          </AwaitJourney>
        )}
      </Box>
      <Box title="What is credited" n="a case converts once, by its first conversion">
        <div className="funnel-choices pad">
          <Names word="Conversions" names={conversions} from={from(channels)} choose={(names) => changeParams({ conversions: joined(names) ?? '|' })} />
          <Names word="Channels" names={channels} from={from(conversions)} choose={(names) => changeParams({ channels: joined(names) ?? '|' })} />
          <Choice word="Touches within" value={reach ?? ''} options={[['', 'whenever'], ...options(reach)]} choose={(value) => changeParams({ within: value || null })} />
          <Choice word="Half-life of time decay" value={halfLife} options={options(halfLife)} choose={(value) => changeParams({ half: value })} />
        </div>
        {channels.length > most && <p className="pad sm soft">Shapley’s model is for at most {most} channels, and left out here.</p>}
      </Box>
      <Box title="The models">
        <ul className="list">
          {asked.map(([model, word, about]) => (
            <li key={model}>
              <span><span className="strong">{word}</span>: <span className="soft">{about}</span></span>
            </li>
          ))}
        </ul>
      </Box>
    </>
  );
}

function Credits({ told, asked, whose }: { told: Attribution; asked: typeof models; whose: TabProps['definition']['whose'] }) {
  const known = (n: number | null) => (n === null ? <TooFew /> : count(n));
  const apart = told.channels.filter((channel) => channel.diverges).length;
  return (
    <>
      <p className="pad sm">
        <span className="strong">{told.diverges ? `Models diverge over ${count(apart)} of ${count(told.channels.length)} channels: none of them is to be believed alone.` : 'Models agree: which one is chosen matters little.'}</span>{' '}
        {countedCases(told.converted, whose)} converted behind a touch, {known(told.direct)} without one; {known(told.unconverted)} were touched and have not converted so far.
      </p>
      <table className="table cards attribution-table">
        <caption className="sr">Of each channel the share of conversions that each model credits to it, with their number below</caption>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col" className="num">Cases</th>
            {asked.map(([model, word]) => (
              <th key={model} scope="col" className="num">{word}</th>
            ))}
            <th scope="col" className="num">Lost without</th>
            <th scope="col">Models</th>
          </tr>
        </thead>
        <tbody>
          {told.channels.map((channel) => (
            <tr key={channel.channel}>
              <th scope="row"><bdi>{activityName(channel.channel)}</bdi></th>
              <td className="num" data-word="cases">{known(channel.cases)}</td>
              {asked.map(([model, word]) => {
                const credit = channel.credits.find((one) => one.model === model);
                return (
                  <td key={model} className="num" data-word={word}>
                    {!credit || credit.share === null || credit.conversions === null ? <TooFew /> : (
                      <>
                        {percent(credit.share, 1)}
                        <span className="second">{credit.conversions.toFixed(1)}</span>
                      </>
                    )}
                  </td>
                );
              })}
              <td className="num" data-word="lost without">{channel.removal === null ? <TooFew /> : percent(channel.removal, 1)}</td>
              <td className="wide">
                {channel.diverges ? <Chip tone="warning" icon="warn">diverge</Chip> : <Chip icon="check">agree</Chip>}
                <span className="second">{(channel.spread * 100).toFixed(1)} points apart</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pad sm soft">Models diverge where their shares of a channel lie more than 5 points apart. “Lost without” is the share of all conversions that Markov’s chain loses where the channel leads nowhere.</p>
    </>
  );
}
