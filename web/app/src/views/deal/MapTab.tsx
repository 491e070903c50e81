import { useRef } from 'react';
import { useShortcuts } from '../../frame/shortcuts';
import { useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/Part';
import { Await, Empty } from '../../ui/states';
import { SavePicture } from '../../ui/SavePicture';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count, counted } from '../../ui/words';
import { WhatFalls } from './falls';
import { single } from './groups';
import { MapDrawing } from './MapDrawing';
import { MapPicture } from './MapPicture';
import type { Committee, Deal } from './queries';
import { Slider } from './Slider';
import { reportsOf } from './reports';
import { linesOf, oursOf, threads, type Line } from './ties';
import { TieMatrix } from './TieMatrix';
import { TieTable } from './TieTable';
import type { CommitteeAnswer } from './Verdict';
import { focusedMember, moveFocus, toggleWithout } from './without';
import { useWithout } from './WithoutLine';

/** The same committee as a map of who knows whom, or as the table of its ties. */
export function MapTab({ answer, deal }: { answer: CommitteeAnswer; deal: Deal }) {
  return (
    <Await answer={answer} rows={8}>
      {(data) =>
        data.deal?.committee ? (
          <Shown committee={data.deal.committee} deal={deal} />
        ) : (
          <Box title="Map">
            {data.deal ? (
              <Part of={data.deal} field="committee">
                {() => null}
              </Part>
            ) : (
              <p className="pad">Nothing that you may see.</p>
            )}
          </Box>
        )
      }
    </Await>
  );
}

function Shown({ committee, deal }: { committee: Committee; deal: Deal }) {
  const { without: chosen } = useRoute().params;
  const { list } = useTwin();
  const many = committee.members.length > single;
  const drawing = useRef<HTMLDivElement>(null);
  const all = linesOf(committee, undefined);
  const ours = oursOf(all);
  const people = [
    ...ours.map((one) => ({ id: one.id, name: one.displayName, ours: true })),
    ...committee.members.filter((one) => !one.leftAt).map(({ customer }) => ({ id: customer.id, name: customer.displayName, ours: false })),
  ];
  const Ties = many ? TieMatrix : TieTable;
  const left = people.find((one) => one.id === chosen);
  const lines = linesOf(committee, left?.id);
  useShortcuts({
    x: () => {
      const id = focusedMember();
      if (id || chosen) toggleWithout(id);
    },
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
  });
  if (committee.members.length === 0) {
    return (
      <div className="box">
        <Empty>Nothing is claimed of anybody whom you may see.</Empty>
      </div>
    );
  }
  return (
    <div className="stack">
      <Slider id={deal.id} />
      <div className={list && many ? 'stack' : 'columns aside'}>
        <Box title={list ? 'Ties' : 'Ours and theirs'} n={counted(lines.length, 'tie')} more={<>{!list && <SavePicture of={drawing} name="committee" />}<TwinButton /></>}>
          <p className="pad sm tie-map-said" aria-live="polite">
            <Said committee={committee} lines={lines} name={left?.name ?? (left ? 'this person' : undefined)} deal={deal} id={left && !left.ours ? left.id : undefined} />
          </p>
          {list ? (
            <Ties committee={committee} lines={lines} name={left ? (left.name ?? 'this person') : undefined} />
          ) : (
            <>
              <MapPicture committee={committee} lines={lines} without={left?.id} />
              <MapDrawing committee={committee} lines={lines} without={left?.id} of={drawing} />
              <Key falls={left?.name ?? (left ? 'this person' : undefined)} reports={reportsOf(committee).length > 0} />
            </>
          )}
        </Box>
        <Leave people={people} committee={committee} all={all} chosen={left?.id} />
      </div>
    </div>
  );
}

/** What stays and what falls, counted over the ties that are drawn. */
function Said({ committee, lines, name, deal, id }: { committee: Committee; lines: readonly Line[]; name: string | undefined; deal: Deal; id: string | undefined }) {
  const { after } = useWithout(deal.id, id);
  if (name === undefined) {
    return committee.liveThreads === null ? 'Ties of a member are withheld.' : <>{counted(committee.liveThreads, 'member')} of {count(committee.members.length)} in a live thread with us.</>;
  }
  const falling = lines.filter((one) => one.falls);
  const live = falling.filter((one) => one.tie.live).length;
  const stay = after ? after.liveThreads : threads(committee, lines);
  return (
    <>
      <Icon name="minus" small /> Without <bdi className="strong">{name}</bdi>:{' '}
      {stay !== null && (
        <span className="strong">
          {counted(stay, 'live thread')} {stay === 1 ? 'stays' : 'stay'}.{' '}
        </span>
      )}
      {count(falling.length)} of {counted(lines.length, 'tie')} {falling.length === 1 ? 'falls' : 'fall'}, {count(live)} of them live.
    </>
  );
}

function Key({ falls, reports }: { falls: string | undefined; reports: boolean }) {
  const line = (kind: string) => (
    <svg width="22" height="8" aria-hidden="true" className={`tie-map-line ${kind}`}>
      <path d="M0 4h22" strokeWidth="4" />
      {kind.includes('ours') && <path d="M0 4h22" strokeWidth="2" className="hollow" />}
    </svg>
  );
  return (
    <figcaption className="pad key">
      <span>{line('live theirs')} Live, both ways</span>
      <span>{line('silent theirs')} Silent</span>
      <span>{line('one-way ours')} Ours alone</span>
      <span>{line('ended theirs')} Ended</span>
      {falls !== undefined && (
        <span>
          {line('live theirs falls')} Falls without <bdi>{falls}</bdi>
        </span>
      )}
      {reports && (
        <span>
          <svg width="14" height="12" aria-hidden="true" className="tie-map-reports">
            <path d="M1 2h7v8h-7" />
          </svg>
          Reports to whom stands at its other end
        </span>
      )}
      <span>Width: strength</span>
    </figcaption>
  );
}

/** Everybody who could be left out, and how many ties fall then. */
function Leave({ people, committee, all, chosen }: { people: readonly { id: string; name: string | null; ours: boolean }[]; committee: Committee; all: readonly Line[]; chosen: string | undefined }) {
  const of = (id: string) => all.filter((one) => one.tie.employee.id === id || one.member.customer.id === id);
  return (
    <Box title="Without">
      <fieldset className="leave">
        <legend className="sr">Whom to leave out</legend>
        <label className="leave-one">
          <input type="radio" name="without" checked={!chosen} onChange={() => toggleWithout(null)} />
          <span>Nobody</span>
          <span className="when">{committee.liveThreads !== null && counted(committee.liveThreads, 'live thread')}</span>
        </label>
        {people.map((one) => {
          const falling = of(one.id);
          const live = falling.filter((line) => line.tie.live).length;
          return (
            <label key={one.id} className="leave-one" data-member={one.id}>
              <input type="radio" name="without" checked={chosen === one.id} onChange={() => toggleWithout(one.id)} />
              <span>
                <bdi>{one.name ?? 'without a name'}</bdi>
                <span className="faint xs"> {one.ours ? 'ours' : 'theirs'}</span>
              </span>
              <span className="when">
                {counted(falling.length, 'tie')}
                {live > 0 && `, ${live} live`}
              </span>
              <span className="soft xs leave-falls">
                <WhatFalls of={one} committee={committee} all={all} />
              </span>
            </label>
          );
        })}
      </fieldset>
    </Box>
  );
}
