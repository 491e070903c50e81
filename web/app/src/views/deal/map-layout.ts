import { groupsOf, rank, single, type Group } from './groups';
import type { Committee, Member, Seat, Tie } from './queries';
import { reportsOf } from './reports';
import { stateOf, type Line } from './ties';

/** What stands at the right of the map: a member, a group of members, or a seat that nobody has. */
export type Place = { id: string; top: number; height: number } & ({ is: 'member'; member: Member } | { is: 'group'; group: Group } | { is: 'ghost'; seat: Seat });
export type Own = { employee: Tie['employee']; top: number };
export type Bundle = { key: string; from: number; to: number; width: number; state: ReturnType<typeof stateOf>; theirs: boolean; falls: boolean; lines: Line[] };

export const ownHeight = 48;
const memberHeight = 64;
const gap = 12;

/**
 * Where everybody stands: theirs by seniority, gaps among them, and ours at the height of those whom they know best, so that
 * lines cross as little as can be.
 */
export function layout(committee: Committee, lines: readonly Line[], unfolded: string | undefined) {
  const ghosts = committee.seats.filter((one) => one.state === 'GAP');
  const many = committee.members.length > single;
  const items: Place[] = [];
  let top = 0;
  const put = (place: { [Key in Place['is']]: Omit<Extract<Place, { is: Key }>, 'top'> }[Place['is']]) => {
    items.push({ ...place, top } as Place);
    top += place.height + gap;
  };
  const members = (all: readonly Member[]) => all.forEach((member) => put({ is: 'member', id: member.customer.id, height: memberHeight, member }));
  if (many) {
    for (const group of groupsOf(committee, 'role')) {
      put({ is: 'group', id: `group ${group.id}`, height: 52, group });
      if (`group ${group.id}` === unfolded) members(group.members);
    }
  } else {
    const sorted = [...committee.members].sort((a, b) => rank(a) - rank(b));
    members(sorted.filter((one) => !one.leftAt));
  }
  ghosts.forEach((seat) => put({ is: 'ghost', id: `seat ${seat.role}`, height: 48, seat }));
  if (!many) members(committee.members.filter((one) => one.leftAt));

  const placeOf = new Map<string, Place>();
  for (const place of items) {
    if (place.is === 'group') for (const one of place.group.members) placeOf.set(one.customer.id, place);
  }
  for (const place of items) if (place.is === 'member') placeOf.set(place.id, place);

  const middle = (place: Place) => place.top + place.height / 2;
  const pulls = new Map<string, { employee: Tie['employee']; sum: number; weight: number }>();
  for (const line of lines) {
    const place = placeOf.get(line.member.customer.id);
    if (!place) continue;
    const pull = pulls.get(line.tie.employee.id) ?? { employee: line.tie.employee, sum: 0, weight: 0 };
    pull.sum += middle(place) * (line.tie.strength + 1);
    pull.weight += line.tie.strength + 1;
    pulls.set(line.tie.employee.id, pull);
  }
  const sorted = [...pulls.values()].sort((a, b) => a.sum / a.weight - b.sum / b.weight);
  const height = Math.max(top - gap, sorted.length * (ownHeight + gap) - gap, ownHeight);
  const room = sorted.length > 1 ? (height - ownHeight) / (sorted.length - 1) : 0;
  const ours: Own[] = sorted.map(({ employee }, i) => ({ employee, top: sorted.length === 1 ? (height - ownHeight) / 2 : i * room }));
  const ownTop = new Map(ours.map((one) => [one.employee.id, one.top]));

  // One line a tie; the ties of one of ours to a folded group are one line, as wide as the strongest of them.
  const bundles = new Map<string, Bundle>();
  for (const line of lines) {
    const place = placeOf.get(line.member.customer.id);
    const from = ownTop.get(line.tie.employee.id);
    if (!place || from === undefined) continue;
    const key = `${line.tie.employee.id} ${place.id}`;
    const known = bundles.get(key);
    if (known) {
      known.lines.push(line);
      known.falls &&= line.falls;
      known.theirs ||= line.tie.lastIn !== null;
      if (line.tie.live && !line.member.leftAt) known.state = 'live';
    } else {
      bundles.set(key, {
        key,
        from: from + ownHeight / 2,
        to: middle(place),
        width: 1.5 + (line.tie.strength / 100) * 6.5,
        state: stateOf(line),
        theirs: line.tie.lastIn !== null,
        falls: line.falls,
        lines: [line],
      });
    }
  }
  const all = [...bundles.values()];
  spread(all, 'to', 'from', (key) => placeOfKey(items, key)?.height ?? memberHeight);
  spread(all, 'from', 'to', () => ownHeight);
  return { items, ours, bundles: all, reports: bracketsOf(committee, items, middle), height };
}

/** A line at the right of theirs, from a manager to who reports there. Lines of several managers have lanes of their own. */
export type Bracket = { key: string; path: string };
export const lane = 8;
const lanes = 3;

function bracketsOf(committee: Committee, items: readonly Place[], middle: (place: Place) => number): Bracket[] {
  const placeOf = (member: Member) => items.find((place) => place.is === 'member' && place.member === member);
  const managers: Member[] = [];
  return reportsOf(committee).flatMap(({ report, manager }) => {
    const [from, to] = [placeOf(manager), placeOf(report)];
    if (!from || !to) return [];
    if (!managers.includes(manager)) managers.push(manager);
    const x = lane * (1 + (managers.indexOf(manager) % lanes));
    return [{ key: `${manager.customer.id} ${report.customer.id}`, path: `M0 ${middle(from) - 4}H${x}V${middle(to) + 4}H0` }];
  });
}

export const bracketsWidth = (reports: readonly Bracket[]) => (reports.length === 0 ? 0 : lane * lanes + 1);

const placeOfKey = (items: readonly Place[], key: string) => items.find((place) => key.endsWith(` ${place.id}`));

/** Sets the ends of lines that meet in one place apart, in the order of their other ends. */
function spread(all: Bundle[], end: 'from' | 'to', other: 'from' | 'to', room: (key: string) => number) {
  const meeting = new Map<number, Bundle[]>();
  for (const one of all) meeting.set(one[end], [...(meeting.get(one[end]) ?? []), one]);
  for (const [middle, ones] of meeting) {
    const step = Math.min(8, (room(ones[0].key) - 20) / ones.length);
    ones.sort((a, b) => a[other] - b[other]).forEach((one, i) => (one[end] = middle + (i - (ones.length - 1) / 2) * step));
  }
}
