import { useId, type ReactNode } from 'react';
import { href } from '../../route';
import { Choice } from '../../ui/Choice';
import { Icon } from '../../ui/Icon';
import { Box } from '../../ui/values';
import { Day } from '../../ui/WhenInput';
import { count, words } from '../../ui/words';
import { narrowed, parts, whose, type Definition, type Repeats, type Whose } from './definition';
import { activityName, caseWords, sentence, spanName, spans } from './names';

type Activity = { activity: string; cases: number };

/** What is counted: said in one sentence, with what changes it, and the hash that the answer gives it. */
export function DefinitionPanel({
  definition: d,
  change,
  activities,
  kinds,
  answered,
}: {
  definition: Definition;
  change: (change: Partial<Definition>) => void;
  activities: readonly Activity[];
  kinds: readonly Activity[];
  answered: { hash: string; definition: string } | null;
}) {
  const narrow = narrowed[d.whose];
  const toggle = <T,>(all: readonly T[], one: T) => (all.includes(one) ? all.filter((other) => other !== one) : [...all, one]);
  return (
    <Box title="What is counted" className="definition">
      <p className="pad sm">{sentence(d)}</p>
      <div className="definition-fields">
        <Choice word="Whose journeys" value={d.whose} options={whose.map((one) => [one, words(caseWords[one][1])])} choose={(value) => change({ whose: value as Whose })} />
        <Choice word={narrow.word} value={d.only ?? ''} options={[['', 'All'], ...narrow.values.map((value): [string, string] => [value, words(value)])]} choose={(value) => change({ only: value || null })} />
        <Day word="Begun from" value={d.from ?? ''} onChange={(from) => change({ from: from || null })} />
        <Day word="Begun until" value={d.to ?? ''} onChange={(to) => change({ to: to || null })} />
        <Pills word="Events" about={d.kinds.length === 0 ? 'all kinds' : undefined}>
          {[...new Set([...kinds.map((kind) => kind.activity), ...d.kinds])].map((activity) => (
            <Pill key={activity} pressed={d.kinds.includes(activity)} press={() => change({ kinds: toggle(d.kinds, activity), exclude: [] })}>
              {activityName(activity)}
            </Pill>
          ))}
        </Pills>
        <Pills word="Told apart by">
          {parts.map((part) => (
            <Pill
              key={part}
              pressed={d.by.includes(part)}
              press={() => {
                const by = parts.filter((one) => (one === part) !== d.by.includes(one));
                if (by.length > 0) change({ by });
              }}
            >
              {words(part)}
            </Pill>
          ))}
        </Pills>
        <Choice
          word="What comes again"
          value={d.repeats}
          options={[
            ['KEEP', 'counts again'],
            ['COLLAPSE', 'counts once, if it directly follows'],
            ['CUT', 'never counts again'],
          ]}
          choose={(value) => change({ repeats: value as Repeats })}
          wide
        />
        <Choice
          word="Has ended after"
          value={d.idle ?? ''}
          options={[['', d.whose === 'customers' || d.whose === 'accounts' ? 'never: it stays open' : 'its own end'], ...Object.entries(spans).slice(2).map(([span, word]): [string, string] => [span, `${word} without an event`]), ...(d.idle && !spans[d.idle] ? [[d.idle, spanName(d.idle)] as [string, string]] : [])]}
          choose={(value) => change({ idle: value || null })}
          wide
        />
        <Names word="Left out" names={d.exclude} from={activities} choose={(exclude) => change({ exclude, goals: d.goals.filter((goal) => !exclude.includes(goal)) })} />
        <Names word="Where it should end" names={d.goals} from={activities.filter(({ activity }) => !d.exclude.includes(activity))} choose={(goals) => change({ goals })} />
      </div>
      {d.kinds.includes('HIDDEN_EVENT') && (
        <p className="pad sm">
          <a className="link" href={href(['hidden-events'])}>
            Hidden events: whom each reached, and what came after
          </a>
        </p>
      )}
      {answered && (
        <p className="pad xs soft definition-hash">
          Definition <span className="mono" title={answered.definition}>{answered.hash.slice(0, 12)}</span>
        </p>
      )}
    </Box>
  );
}

function Pills({ word, about, children }: { word: string; about?: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="field wide" role="group" aria-labelledby={id}>
      <span id={id}>
        {word}
        {about && <span className="faint"> {about}</span>}
      </span>
      <span className="chips">{children}</span>
    </div>
  );
}

function Pill({ pressed, press, children }: { pressed: boolean; press: () => void; children: ReactNode }) {
  return (
    <button type="button" className="pill" aria-pressed={pressed} onClick={press}>
      {children}
    </button>
  );
}

/** Activities that were chosen, each with a way to take it away, and one more to choose. */
export function Names({ word, names, from, choose, add = 'Add' }: { word: string; names: readonly string[]; from: readonly { activity: string; cases?: number }[]; choose: (names: string[]) => void; add?: string }) {
  const left = from.filter(({ activity }) => !names.includes(activity));
  return (
    <div className="field wide" role="group" aria-label={word}>
      <span>
        {word}
        {names.length === 0 && <span className="faint"> nothing</span>}
      </span>
      {names.length > 0 && (
        <span className="chips">
          {names.map((name) => (
            <button key={name} type="button" className="pill" aria-label={`${activityName(name)}: take away`} onClick={() => choose(names.filter((other) => other !== name))}>
              <bdi>{activityName(name)}</bdi>
              <Icon name="x" small />
            </button>
          ))}
        </span>
      )}
      {left.length > 0 && (
        <select className="input" aria-label={`${word}: ${add.toLowerCase()}`} value="" onChange={(event) => event.target.value && choose([...names, event.target.value])}>
          <option value="">{add}</option>
          {left.map(({ activity, cases }) => (
            <option key={activity} value={activity}>
              {activityName(activity)}
              {cases !== undefined && ` (${count(cases)})`}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
