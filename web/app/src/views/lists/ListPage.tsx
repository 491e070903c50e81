import './lists.css';
import type { TadaDocumentNode } from 'gql.tada';
import { Button } from 'react-aria-components/Button';
import { useCallback, useState } from 'react';
import { useMeAnswer } from '../../frame/viewer';
import { useAnswer, type Answer } from '../../api/use-answer';
import { Empty, Fault, faultOf, Skeleton } from '../../ui/states';
import { Title, Withheld } from '../../ui/values';
import { count, day } from '../../ui/words';
import { ConditionBar } from './ConditionBar';
import { filterOfAll, type Condition } from './conditions';
import { explainedOf, shownOf, totalsOf } from './document';
import { ExportButton, SelectionBar } from './SelectionBar';
import { GroupStrip } from './GroupStrip';
import type { Kind } from './kind';
import { kinds } from './kinds';
import { ColumnsMenu, SortMenu } from './Menus';
import { useNames } from './NodePicker';
import { Nothing } from './Nothing';
import { Rows } from './Rows';
import { useSelection } from './selection';
import { useListState } from './state';
import { Totals } from './Totals';
import { Views } from './Views';
import { usePolicy, useThrough } from './use-policy';
import { useRows } from './use-rows';

/** The list of a kind: conditions, order, columns, and rows that come as they are looked at. */
export default function ListPage({ id = '' }: { id?: string }) {
  const kind = kinds[id];
  return kind ? <List key={id} kind={kind} /> : <Empty>There is no such list.</Empty>;
}

/** What is counted of just what is asked now, and nothing of what was asked before. */
function useCounts<Data, Variables extends object>(query: TadaDocumentNode<Data, Variables>, variables: Variables, pause: boolean): Partial<Pick<Answer<Data>, 'data' | 'error' | 'retry'>> {
  const { data, error, renewing, retry } = useAnswer(query, variables, { pause });
  return pause ? {} : { data: renewing ? undefined : data, error, retry };
}

/** Where something goes with the button that was pressed, the focus goes to what stays. */
const focusOn = (selector: string, preventScroll = false) => requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus({ preventScroll }));

const nobody = { denied: () => undefined, category: () => undefined };

function List({ kind }: { kind: Kind }) {
  const mine = useMeAnswer();
  const { me } = mine;
  const policy = usePolicy(kind);
  const state = useListState(kind, policy);
  const [opened, open] = useState(false);
  const through = useThrough(kind, policy ?? nobody, { pause: !policy || !opened });
  const [view, see] = useState<readonly [number, number]>([0, 0]);
  const inView = useCallback((from: number, to: number) => see([from, to]), []);

  const told = { me: me?.id, today: (state.asOf ?? new Date().toISOString()).slice(0, 10) };
  const nameless = state.conditions.some((one) => one.op === 'me') && me === null;
  const waiting = !policy || nameless || (me === undefined && state.conditions.some((one) => one.op === 'me'));
  const filter = filterOfAll(state.conditions, kind, told);
  // The list's own order is the document's, and none where the purpose may not order by it; one that somebody chose is asked for, and refused.
  const sort = state.sortChosen || !policy?.denied(state.sort.of.on) ? state.sort : undefined;
  const chosen = state.sortChosen && sort?.of.sort ? [sort.of.sort(sort.way, sort.currency)] : undefined;
  const orderBy = sort ? chosen : null;
  const asked = { filter, orderBy, asOf: state.asOf };
  const shown = shownOf(kind, state.columns);

  // Very many take long to be counted: those of a period are, and all if somebody asks for it.
  const of = JSON.stringify([filter, state.asOf]);
  const [counted, countAll] = useState('');
  const uncounted = kind.opens !== undefined && counted !== of && !state.conditions.some((one) => one.of === kind.opens?.of);
  const totals = useAnswer(totalsOf(kind), { filter, asOf: state.asOf }, { pause: waiting || uncounted });
  const found = waiting || uncounted || totals.renewing ? undefined : totals.data && { ...totals.data.found };
  const { rows, renewing } = useRows(kind, waiting ? null : { ...asked, ...shown }, state.columns.find((column) => column.apart), found && (found.totalCount ?? null));
  const some = state.conditions.length > 0;
  const none = rows?.ready === true && rows.count === 0 && !renewing;
  const whole = useCounts(totalsOf(kind), { asOf: state.asOf }, waiting || !some || kind.opens !== undefined);
  const every = some ? whole.data?.found : found;
  const explained = useCounts(explainedOf(kind), { filter, asOf: state.asOf, empty: none }, waiting || !(none ? some : state.conditions.length > 1 && !kind.opens));
  const alone = state.conditions.length === 1 && found ? [{ condition: 'filter.and[0]', alone: found.totalCount ?? null }] : [];
  const explain = explained.data?.found?.explain;
  const failed = [policy, ...(nameless ? [mine] : []), rows, totals, explained, whole].filter((one) => one && faultOf(one));
  const nameOf = useNames([...new Set(state.conditions.flatMap((one) => (kind.conditions.find((definition) => definition.id === one.of)?.type === 'node' ? one.values : [])))]);
  const selection = useSelection(JSON.stringify(asked));
  const currencies = (every?.aggregate?.money ?? []).map((one) => one.currency);

  function take(condition: Condition) {
    state.setConditions(state.conditions.filter((one) => one !== condition));
    focusOn('.condition-bar > .btn');
  }

  const total = rows?.total ?? null;
  const all = every?.totalCount ?? null;
  const kept = rows?.withheld;
  const save = { kind, asked: { ...asked, ...shown }, total };

  return (
    <>
      <Title
        sub={
          <>
            {total === null && uncounted && !waiting && !kept && (
              <Button className="foot-link" onPress={() => countAll(of)}>
                Count all {kind.many}
              </Button>
            )}
            {total === null ? '' : state.conditions.length > 0 && all !== null ? `${count(total)} of ${count(all)} ${kind.many}` : `${count(total)} ${total === 1 ? kind.one : kind.many}`}
            {state.asOf && `, as of the end of ${day(state.asOf)}. What has no history shows today’s value`}
          </>
        }
        actions={waiting || kept ? undefined : <ExportButton {...save} ids={null} word="CSV" />}
      >
        {kind.word}
      </Title>
      <Views kind={kind} opens={state.opens} mine={Boolean(me)} />
      {!nameless && <GroupStrip kind={kind} state={state} told={told} pause={waiting || uncounted} />}
      <div className="box list-box">
        <ConditionBar kind={kind} state={state} explain={explain ?? alone} all={all} told={told} currencies={currencies} nameOf={nameOf} whyNot={through.condition} take={take} onOpen={() => open(true)}>
          <SortMenu kind={kind} state={state} sort={sort} currencies={currencies} whyNot={through.order} onOpen={() => open(true)} />
          <ColumnsMenu kind={kind} state={state} policy={policy} />
        </ConditionBar>
        {state.unread > 0 && (
          <p className="pad soft sm" role="status">
            {state.unread === 1 ? 'One condition of this link is not understood and has been left out.' : `${state.unread} conditions of this link are not understood and have been left out.`}
          </p>
        )}
        {!waiting && <SelectionBar {...save} selection={{ ...selection, clear: () => (selection.clear(), focusOn('.table.long', true)) }} />}
        {nameless && !mine.error && <Empty>Nobody is named whose {kind.many} these would be: choose on Home whose work is shown, or take the condition away.</Empty>}
        <div className="list-faults">
          {failed[0]?.error && <Fault error={failed[0].error} retry={() => failed.forEach((one) => one?.retry?.())} />}
          {!rows?.error && rows?.partError && <Fault error={rows.partError} retry={rows.retry} />}
        </div>
        {kept && (
          <Empty>
            <Withheld why={kept} /> Nothing of this list may be told for this purpose with these conditions.
          </Empty>
        )}
        {!nameless && !rows?.ready && !rows?.error && !kept && <Skeleton rows={14} />}
        {rows?.ready && rows.count > 0 && !nameless && (
          <Rows
            key={JSON.stringify(asked)}
            kind={kind}
            columns={state.columns}
            rows={rows}
            renewing={renewing}
            sort={sort}
            mayOrder={(column) => !policy?.denied(column.on) && !(opened && through.order(column))}
            state={state}
            selection={selection}
            currencies={currencies}
            inView={inView}
          />
        )}
        {none && (
          <Nothing kind={kind} conditions={state.conditions} explain={explain} unexplained={explained.error !== undefined} all={all} nameOf={nameOf} take={take} />
        )}
        {rows?.ready && rows.count > 0 && <Totals kind={kind} rows={rows} view={view} totals={found} />}
      </div>
      <p className="key list-keys hide">
        <span>
          <kbd>J</kbd> <kbd>K</kbd> row
        </span>
        <span>
          <kbd>Space</kbd> choose
        </span>
        <span>
          <kbd>Shift</kbd> <kbd>↓</kbd> choose on
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>F</kbd> add a condition
        </span>
        <span>
          <kbd>Home</kbd> <kbd>End</kbd> first, last
        </span>
      </p>
    </>
  );
}
