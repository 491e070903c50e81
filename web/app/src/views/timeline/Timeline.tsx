import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useAnswer, type Answer } from '../../api/use-answer';
import { useViewer } from '../../frame/viewer';
import { changeParams, useAsOf, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { Empty, Fault, faultOf, Skeleton } from '../../ui/states';
import { Box, Withheld } from '../../ui/values';
import { categories, count, counted, reasonSentence, words } from '../../ui/words';
import { anchorOf, hasTimeline } from './anchor';
import { allKinds, timelineCounts } from './counts';
import { Days } from './Days';
import { kinds } from './kinds';
import { timelines, type Connection, type Edge, type Kind } from './query';
import { daysOf } from './rows';
import './timeline.css';

/** The first page is short, so that what stands below it on a phone is not far. */
const pageSize = (first: boolean) => (first ? 30 : 100);

type Variables = { id: string; kinds: Kind[] | null; asOf: string | undefined };
type Told = { page: Connection | null; answer: Answer<unknown> };

/** One page. It stays on the page that reads, so that what its answer says of itself does, too. */
function Page({ variables, after, tell }: { variables: Variables; after: string | null; tell: (after: string | null, told: Told) => void }) {
  const { purpose } = useViewer();
  const { is, via } = anchorOf(variables.id, purpose);
  // The documents differ in the type of the node alone.
  const answer = useAnswer(timelines[is] as (typeof timelines)['Customer'], { ...variables, via, first: pageSize(after === null), after });
  const page = answer.data?.node?.timeline ?? null;
  const { error, waiting } = answer;
  useEffect(() => {
    if (!waiting) tell(after, { page, answer });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the answer is another object each time
  }, [page, error, waiting, after, tell]);
  return null;
}

/** What happened around a node, newest first: of a customer, an account, a deal, a case, a product, an employee, a place or an order. */
export function Timeline({ id }: { id: string }) {
  const asOf = useAsOf();
  const chosen = useRoute().params.timeline as Kind | undefined;
  const kind = chosen && allKinds.includes(chosen) ? chosen : null;
  if (!hasTimeline(id)) return null;
  return <Filtered key={`${id} ${kind} ${asOf}`} id={id} kind={kind} asOf={asOf} />;
}

function Filtered({ id, kind, asOf }: { id: string; kind: Kind | null; asOf: string | undefined }) {
  const variables = useMemo<Variables>(() => ({ id, kinds: kind ? [kind] : null, asOf }), [id, kind, asOf]);
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [told, setTold] = useState<ReadonlyMap<string | null, Told>>(new Map());
  const tell = useCallback((after: string | null, one: Told) => setTold((before) => new Map(before).set(after, one)), []);

  const pages = cursors.map((after) => told.get(after));
  const edges = useMemo(() => pages.flatMap((one): readonly Edge[] => one?.page?.edges ?? []), [told, cursors]);
  const days = useMemo(() => daysOf(edges), [edges]);
  const first = pages[0];
  const last = pages[pages.length - 1];
  const counting = useAnswer(timelineCounts[anchorOf(id).is] as (typeof timelineCounts)['Customer'], { id, asOf });
  const miscount = faultOf(counting);
  const rows = counting.data?.node?.timeline?.groups?.rows;
  const counts = new Map(rows?.map((row) => [row.edgeKey.kind, row.count]));
  const numbers = kind ? [counts.get(kind) ?? 0] : [...counts.values()];
  const total = rows?.every((row) => row.count !== null) ? numbers.reduce<number>((sum, n) => sum + (n ?? 0), 0) : undefined;
  const failed = pages.find((one) => one?.answer.error)?.answer;
  const leftOut = (first?.answer.extensions.withheld ?? []).filter((one) => one.path.at(-1) === 'timeline');
  const next = last?.page?.pageInfo.hasNextPage ? last.page.pageInfo.endCursor : null;

  return (
    <Box title="Timeline" n={total !== undefined ? (total === 1 ? '1 entry' : `${count(total)} entries`) : undefined} className="timeline">
      {cursors.map((after) => (
        <Page key={after ?? ''} variables={variables} after={after} tell={tell} />
      ))}
      {miscount ? <Fault error={miscount} retry={counting.retry} /> : (!first || first.page) && <Kinds counts={counts} kind={kind} />}
      {leftOut.map((why) => (
        <p key={`${why.category} ${why.reason}`} className="timeline-left-out">
          {first?.page && `Left out: ${categories[why.category]}`} <Withheld why={why} /> {!first?.page && reasonSentence(why)}
        </p>
      ))}
      {failed?.error && <Fault error={failed.error} retry={failed.retry} />}
      {!first ? (
        <div className="pad">
          <Skeleton rows={8} />
        </div>
      ) : first.page && edges.length === 0 ? (
        <Empty>{asOf ? 'Nothing had happened by that day that you may see.' : 'Nothing has happened that you may see.'}</Empty>
      ) : (
        <Days days={days} anchor={id} />
      )}
      {next && (
        <div className="timeline-older">
          <Button className="btn bare" onPress={() => setCursors([...cursors, next])}>
            <Icon name="down" small />
            {total !== undefined ? `${counted(total - edges.length, 'older entry', 'older entries')}` : 'Older entries'}
          </Button>
        </div>
      )}
      {cursors.length > 1 && !last && (
        <div className="pad">
          <Skeleton rows={3} />
        </div>
      )}
    </Box>
  );
}

/** The kinds of entries that are there, with how many there are of each; one of them can be chosen alone. */
function Kinds({ counts, kind }: { counts: ReadonlyMap<Kind | null, number | null>; kind: Kind | null }) {
  const there = allKinds.filter((one) => counts.has(one) || one === kind);
  return (
    <div className="timeline-kinds" role="group" aria-label="Kinds of entries">
      <button type="button" className="pill" aria-pressed={kind === null} onClick={() => changeParams({ timeline: null }, { replace: true })}>
        All
      </button>
      {there.map((one) => (
        <button key={one} type="button" className="pill" aria-pressed={kind === one} onClick={() => changeParams({ timeline: one }, { replace: true })}>
          <Icon name={kinds[one].icon} small />
          {kinds[one]?.word ?? words(one)} {count(counts.get(one) ?? 0)}
        </button>
      ))}
    </div>
  );
}
