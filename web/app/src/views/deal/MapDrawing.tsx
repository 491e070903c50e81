import type { RefObject } from 'react';
import { words } from '../../ui/words';
import { bracketsWidth, layout, ownHeight } from './map-layout';
import type { Committee } from './queries';
import type { Line } from './ties';
import { stances } from './words';

const width = 900;
const left = 220;
const right = 600;
const head = 28;

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/**
 * The map as one drawing that can be saved: what the page writes in boxes stands in it as text. It is there for the file alone and
 * is told to nobody, since picture and list say the same.
 */
export function MapDrawing({ committee, lines, without, of }: { committee: Committee; lines: readonly Line[]; without: string | undefined; of: RefObject<HTMLDivElement | null> }) {
  const { items, ours, bundles, reports, height } = layout(committee, lines, undefined);
  const wide = width + bracketsWidth(reports);
  return (
    <div className="tie-map-drawing" aria-hidden="true" ref={of}>
      <svg width={wide} height={height + head} viewBox={`0 0 ${wide} ${height + head}`}>
        <text y="12" className="t-faint">
          Ours
        </text>
        <text x={right} y="12" className="t-faint">
          Theirs
        </text>
        <g transform={`translate(0 ${head})`}>
          {[...bundles]
            .sort((a, b) => Number(b.falls) - Number(a.falls))
            .map((one) => {
              const half = (left + right) / 2;
              const path = `M${left} ${one.from}C${half} ${one.from} ${half} ${one.to} ${right} ${one.to}`;
              return (
                <g key={one.key} className={`tie-map-line ${one.state} ${one.theirs ? 'theirs' : 'ours'} ${one.falls ? 'falls' : ''}`}>
                  <path d={path} strokeWidth={one.width} />
                  {!one.theirs && <path d={path} strokeWidth={Math.max(0.8, one.width - 2)} className="hollow" />}
                </g>
              );
            })}
          <g className="tie-map-reports" transform={`translate(${width})`}>
            {reports.map(({ key, path }) => (
              <path key={key} d={path} />
            ))}
          </g>
          {ours.map(({ employee, top }) => (
            <g key={employee.id} transform={`translate(0.5 ${top})`}>
              <rect width={left - 1} height={ownHeight} rx="6" className="drawn" />
              <text x="12" y="21" className={without === employee.id ? 't-strong gone' : 't-strong'}>
                {short(employee.displayName ?? 'without a name', 30)}
              </text>
              <text x="12" y="38" className="t-faint">
                {without === employee.id ? 'left out' : short(employee.title ?? '', 32)}
              </text>
            </g>
          ))}
          {items.map((place) => (
            <g key={place.id} transform={`translate(${right} ${place.top})`}>
              <rect width={width - right - 1} height={place.height} rx="6" className={place.is === 'ghost' ? 'drawn ghost' : 'drawn'} />
              {place.is === 'member' && (
                <>
                  <text x="12" y="20" className={place.member.leftAt || without === place.id ? 't-strong gone' : 't-strong'}>
                    {short(place.member.customer.displayName ?? 'name withheld', 40)}
                  </text>
                  <text x="12" y="37" className="t-faint">
                    {place.member.leftAt ? 'left' : short(place.member.position?.title ?? 'no job here is known', 42)}
                  </text>
                  <text x="12" y="54">
                    {[place.member.leadingClaim, ...place.member.competingClaims].map((one) => (one.role ? words(one.role) : 'role not said')).join(' or ')}
                    {!place.member.leftAt && place.member.leadingClaim.stance && `, ${stances[place.member.leadingClaim.stance].word.toLowerCase()}`}
                  </text>
                </>
              )}
              {place.is === 'group' && (
                <>
                  <text x="12" y="21" className="t-strong">
                    {short(place.group.word ?? 'without a name', 40)}
                  </text>
                  <text x="12" y="38" className="t-faint">
                    {place.group.members.length} people, {place.group.live} live
                  </text>
                </>
              )}
              {place.is === 'ghost' && (
                <>
                  <text x="12" y="20" className="t-gap">
                    {words(place.seat.role)}
                  </text>
                  <text x="12" y="37" className="t-gap">
                    Gap: nobody whom you may see
                  </text>
                </>
              )}
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}
