import { counted } from '../../ui/words';
import type { Drill } from './Behind';
import { activityName } from './names';
import type { Grid, Link, Place } from './steps-model';

type Status = 'CONTINUED' | 'REACHED' | 'DROPPED' | 'OPEN' | 'OTHER' | 'FILTERED';
type Step = Extract<Drill['behind'], object>;

const words: Record<Status, string> = { CONTINUED: 'continued', REACHED: 'ended where they should', DROPPED: 'dropped out', OPEN: 'are open', OTHER: 'are others', FILTERED: 'were filtered out' };

/** The steps of the funnel that counts what the grid draws: any activity at each step, and nothing between them. */
export const setsOf = (activities: readonly string[], start: readonly string[], depth: number): string[][] => [
  start.length > 0 ? [...start] : [...activities],
  ...Array.from({ length: depth }, () => [...activities]),
];

type To = { grid: Grid; sets: readonly string[][]; start: readonly string[]; goals: readonly string[] };

const numbered = (step: number, status: Status | null, steps: string[][]): Step =>
  ({ step: { step: step + 1, steps, strict: true, ...(status ? { status: status === 'REACHED' ? 'DROPPED' : status } : {}) } }) as Step;

const withSet = (sets: readonly string[][], at: number, names: readonly string[]) => sets.map((set, index) => (index === at ? [...names] : set));

/** Which activities a place at a level stands for; null where the funnel cannot say it: its first step takes what comes first of all. */
function namesAt({ grid, sets, start }: To, level: number, activity: string | null): readonly string[] | null {
  const places = grid.levels[level];
  if (places.length === 1) return sets[level];
  if (level === 0 && !(start.length === 1)) return null;
  if (activity !== null) return [activity];
  const told = new Set(places.map((place) => place.activity));
  return sets[level].filter((name) => !told.has(name));
}

/** Who is behind a row of a step's ledger. */
export function levelDrill(to: To) {
  return (level: number, status: Status | null): Drill | null => {
    const { grid, sets, goals } = to;
    if (!grid.ledgers[level].listed) return null;
    const title = `Step ${level + 1}: ${status ? words[status] : 'all who came'}`;
    const reached = grid.ledgers[level].reached ?? 0;
    if (status !== 'REACHED' && (status !== 'DROPPED' || reached === 0)) return { title, behind: numbered(level, status, [...sets]) };
    const names = sets[level].filter((name) => goals.includes(name) === (status === 'REACHED'));
    if (names.length === 0 || (level === 0 && grid.levels[0].length > 1)) return null;
    return { title, behind: numbered(level, status, withSet(sets, level, names)) };
  };
}

/** Who is behind a place of the grid. */
export function placeDrill(to: To) {
  return (place: Place, status: Status | null = null): Drill | null => {
    if (!to.grid.ledgers[place.level].listed) return null;
    const names = namesAt(to, place.level, place.activity);
    if (!names || names.length === 0) return null;
    return { title: `${activityName(place.activity)}, step ${place.level + 1}${status ? `: ${words[status]}` : ''}`, behind: numbered(place.level, status, withSet(to.sets, place.level, names)) };
  };
}

/** Who went along a ribbon. */
export function linkDrill(to: To) {
  return (link: Link): Drill | null => {
    if (!to.grid.ledgers[link.level].listed || !to.grid.levels[link.level + 1]) return null;
    const [from, next] = [namesAt(to, link.level, link.from), namesAt(to, link.level + 1, link.to)];
    if (!from || !next || from.length === 0 || next.length === 0) return null;
    const sets = withSet(withSet(to.sets, link.level, from), link.level + 1, next);
    return { title: `From ${activityName(link.from)} to ${activityName(link.to)}, ${counted(link.level + 1, 'step')} in`, behind: numbered(link.level + 1, null, sets) };
  };
}

export type Drills = { level: ReturnType<typeof levelDrill>; place: ReturnType<typeof placeDrill>; link: ReturnType<typeof linkDrill>; open: (drill: Drill) => void };
