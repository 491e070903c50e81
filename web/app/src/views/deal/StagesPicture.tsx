import { useRoute } from '../../route';
import { dayShort, day, words } from '../../ui/words';
import type { Deal, Warning } from './queries';
import { lasted } from './words';
import { expectations, ticks } from './stages';

const dayLength = 86_400_000;

/** Stages as bars on one line of time, each expected close below as a line from when it was said to the day that was meant. */
export function StagesPicture({ deal, begun, ended, decided, stalled }: { deal: Deal; begun: string; ended: string; decided: boolean; stalled?: Warning }) {
  const spells = (deal.stageHistory ?? []).filter((one) => one.from);
  const said = expectations(deal).filter((one) => one.day);
  const last = spells.at(-1);
  // Where nine of ten won deals had left the stage; it is drawn where that is known.
  const limit = !decided && last?.from && stalled?.limit ? Date.parse(last.from) + stalled.limit * dayLength : null;
  const from = Date.parse(begun);
  const to = Math.max(Date.parse(ended), limit ?? 0, ...said.map((one) => Date.parse(one.day!)));
  // A deal that was opened just now has no width of its own.
  const width = Math.max(to - from, 86_400_000);
  const left = from - width * 0.02;
  const right = from + width * 1.06;
  const x = (at: number | string) => (((typeof at === 'number' ? at : Date.parse(at)) - left) / (right - left)) * 100;
  const pc = (share: number) => `${share.toFixed(2)}%`;
  const height = 72 + said.length * 26 + 22;
  const now = x(ended);

  return (
    <svg className="stages" width="100%" height={height} role="img" aria-label="Stages and expected close of this deal; the same facts stand in the list">
      {ticks(from, left + (right - left) * 0.93).map(({ at, word }) => (
        <g key={at}>
          <line x1={pc(x(at))} x2={pc(x(at))} y1="0" y2={height} className="axis" />
          <svg x={pc(x(at))} y="0" width="90" height="16" overflow="visible">
            <text x="5" y="11" className="t-faint">
              {word}
            </text>
          </svg>
        </g>
      ))}
      {spells.map((spell, i) => {
        const start = x(spell.from!);
        const end = Math.min(now, x(spell.to ?? ended));
        const over = spell.stage === 'WON' || spell.stage === 'LOST';
        if (over) {
          return (
            <svg key={i} x={pc(start)} y="22" width="1" height="30" overflow="visible">
              <path d="M0 -2v34" className={spell.stage === 'WON' ? 'end-won' : 'end-lost'} />
              <text x="7" y="19" className="t-strong halo">
                {words(spell.stage!)}
              </text>
            </svg>
          );
        }
        const wide = end - start;
        return (
          <svg key={i} x={pc(start)} y="22" width={pc(Math.max(0.4, wide))} height="30">
            <title>{`${words(spell.stage ?? 'UNKNOWN')} since ${day(spell.from!)}${spell.duration === null ? '' : `, ${lasted(spell.duration)}`}`}</title>
            <rect width="100%" height="30" className={i === spells.length - 1 ? 'spell-now' : 'spell'} />
            {wide > 9 && (
              <text x="8" y="19" className={i === spells.length - 1 ? 't-strong' : 't-ink'}>
                {words(spell.stage ?? 'UNKNOWN')}
                {spell.duration !== null && wide > 20 && <tspan className="t-plain"> {lasted(spell.duration)}</tspan>}
              </text>
            )}
          </svg>
        );
      })}
      {!decided && (
        <>
          <line x1={pc(now)} x2={pc(now)} y1="16" y2={height} className="now" />
          <svg x={pc(now)} y={height - 16} width="1" height="16" overflow="visible">
            <text x="-5" y="12" textAnchor="end" className="t-now halo">
              <Now at={ended} />
            </text>
          </svg>
        </>
      )}
      {limit !== null && (
        <>
          {x(limit) > now && <rect x={pc(now)} y="22.5" width={pc(x(limit) - now)} height="29" className="spell-open" />}
          <line x1={pc(x(limit))} x2={pc(x(limit))} y1="18" y2="58" className="limit" />
          <svg x={pc(x(limit))} y="22" width="1" height="50" overflow="visible">
            <text x={x(limit) > 60 ? -6 : 6} y="45" textAnchor={x(limit) > 60 ? 'end' : 'start'} className="t-warning halo">
              9 of 10 won deals left it by {dayShort(new Date(limit).toISOString())}, n {stalled?.n}
            </text>
          </svg>
        </>
      )}
      {said.map((one, i) => {
        const y = 86 + i * 26;
        const start = one.at ? x(one.at) : x(begun);
        const end = x(one.day!);
        const current = i === said.length - 1 && !decided;
        const kind = current ? 'close-now' : 'close-was';
        return (
          <g key={i} className={kind}>
            <line x1={pc(start)} x2={pc(end)} y1={y} y2={y} />
            <line x1={pc(start)} x2={pc(start)} y1={y - 4} y2={y + 4} className="close-said" />
            <circle cx={pc(end)} cy={y} r="4" />
            <svg x={pc(end)} y={y - 10} width="1" height="20" overflow="visible">
              <text x={end > 86 ? -9 : 9} y={end > 86 ? 2 : 14} textAnchor={end > 86 ? 'end' : 'start'} className={current ? 'halo' : undefined}>
                {dayShort(one.day!)}
              </text>
            </svg>
          </g>
        );
      })}
    </svg>
  );
}

function Now({ at }: { at: string }) {
  const { asOf } = useRoute().params;
  return asOf ? dayShort(at) : 'today';
}
