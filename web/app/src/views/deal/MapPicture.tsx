import { useState } from 'react';
import { Icon } from '../../ui/Icon';
import { Avatar, Chip, Name } from '../../ui/values';
import { words } from '../../ui/words';
import { Marks } from './Groups';
import { bracketsWidth, layout, ownHeight, type Place } from './map-layout';
import { Job } from './MemberCard';
import type { Committee } from './queries';
import { ReportsTo } from './reports';
import type { Line } from './ties';
import { stances } from './words';

type Props = { committee: Committee; lines: readonly Line[]; without: string | undefined };

/** Our people against theirs, with a line for each tie: as wide as it is strong, solid where it is live. */
export function MapPicture({ committee, lines, without }: Props) {
  const [unfolded, unfold] = useState<string>();
  const { items, ours, bundles, reports, height } = layout(committee, lines, unfolded);
  return (
    <figure className="tie-map">
      <p className="tie-map-head faint xs">Ours</p>
      <p className="tie-map-head tie-map-theirs-head faint xs">Theirs, by {items.some((place) => place.is === 'group') ? 'role' : 'seniority'}</p>
      <ul className="tie-map-ours" style={{ height }}>
        {ours.map(({ employee, top }) => (
          <li key={employee.id} className={without === employee.id ? 'tie-map-own out' : 'tie-map-own'} style={{ top, height: ownHeight }}>
            <Avatar name={employee.displayName} ours />
            <span className="tie-map-own-name">
              <span className="clip">
                <Name of={employee} className={without === employee.id ? 'struck' : ''} />
              </span>
              <span className="faint xs clip">{without === employee.id ? 'left out' : employee.title}</span>
            </span>
          </li>
        ))}
      </ul>
      <svg className="tie-map-lines" height={height} width="100%" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" role="img" aria-label="Ties between ours and theirs; the same facts stand in the list">
        {[...bundles]
          .sort((a, b) => Number(b.falls) - Number(a.falls) || a.width - b.width)
          .map((one) => {
            const path = `M0 ${one.from}C50 ${one.from} 50 ${one.to} 100 ${one.to}`;
            return (
              <g key={one.key} className={`tie-map-line ${one.state} ${one.theirs ? 'theirs' : 'ours'} ${one.falls ? 'falls' : ''}`}>
                <title>{one.lines.map(({ tie, member }) => `${tie.employee.displayName ?? 'One of ours'} and ${member.customer.displayName ?? 'a member'}: strength ${Math.round(tie.strength)} of 100`).join('; ')}</title>
                <path d={path} strokeWidth={one.width} vectorEffect="non-scaling-stroke" />
                {!one.theirs && <path d={path} strokeWidth={Math.max(0.8, one.width - 2)} className="hollow" vectorEffect="non-scaling-stroke" />}
              </g>
            );
          })}
      </svg>
      <ul className="tie-map-theirs" style={{ height }}>
        {items.map((place) => (
          <li key={place.id} style={{ top: place.top, height: place.height }} className={`tie-map-place ${place.is} ${place.is === 'member' && place.member.leftAt ? 'left' : ''} ${without === place.id ? 'out' : ''}`}>
            <Shown place={place} committee={committee} without={without} unfolded={unfolded} unfold={unfold} />
          </li>
        ))}
      </ul>
      {reports.length > 0 && (
        <svg className="tie-map-reports" width={bracketsWidth(reports)} height={height} aria-hidden="true">
          {reports.map(({ key, path }) => (
            <path key={key} d={path} />
          ))}
        </svg>
      )}
    </figure>
  );
}

function Shown({ place, committee, without, unfolded, unfold }: { place: Place; committee: Committee; without: string | undefined; unfolded: string | undefined; unfold: (id: string | undefined) => void }) {
  switch (place.is) {
    case 'member': {
      const { member } = place;
      const stance = member.leadingClaim.stance ? stances[member.leadingClaim.stance] : null;
      return (
        <div data-member={member.customer.id}>
          <span className="tie-map-name">
            <span className="clip">
              <Name of={member.customer} className={member.leftAt || without === place.id ? 'struck' : ''} />
            </span>
            {member.leftAt ? (
              <Chip icon="minus">Left</Chip>
            ) : (
              stance && (
                <Chip tone={stance.tone} icon={stance.icon} title={stance.word}>
                  <span className="tie-map-stance">{stance.word}</span>
                </Chip>
              )
            )}
          </span>
          <span className="faint xs clip">
            <Job member={member} />
          </span>
          <span className="sr">
            <ReportsTo member={member} committee={committee} />
          </span>
          <span className="xs clip">{[member.leadingClaim, ...member.competingClaims].map((one) => (one.role ? words(one.role) : 'role not said')).join(' or ')}</span>
        </div>
      );
    }
    case 'group':
      return (
        <button type="button" className="tie-map-group" aria-expanded={unfolded === place.id} onClick={() => unfold(unfolded === place.id ? undefined : place.id)}>
          <span className="clip">
            <Icon name={unfolded === place.id ? 'down' : 'right'} small /> <bdi className="strong">{place.group.word ?? 'without a name'}</bdi> <span className="faint">{place.group.members.length}</span>
          </span>
          <span className="tie-map-group-live">{place.group.live} live</span>
          <Marks members={place.group.members} committee={committee} />
        </button>
      );
    case 'ghost':
      return (
        <div>
          <span className="tie-map-name strong">
            <Icon name="ring" /> {words(place.seat.role)}
          </span>
          <span className="xs clip">Gap: nobody whom you may see</span>
        </div>
      );
  }
}
