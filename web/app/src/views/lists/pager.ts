import { CombinedError, stringifyDocument, type Client, type OperationResult } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';
import { note, type Extensions, type Told } from '../../api/answers';
import { onReachable } from '../../api/connection';
import { explained } from '../../api/failures';
import { apartOf, few, rowsOf, type Page } from './document';
import type { Column, Kind, Row } from './kind';

const firstPage = 50;
const nextPages = 100;
/** So many rows around those on the screen are asked for before they come into view. */
const ahead = 200;

/** Whether nothing stands at a path below a value, in any of a list's places. */
function isMissing(value: unknown, path: readonly (string | number)[]): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.some((one) => isMissing(one, path));
  return path.length > 0 && isMissing((value as Record<string, unknown>)[path[0]], path.slice(1));
}

/** Rows with the reasons that the answer gives for what is missing on some of them, where the node itself gives none. */
function withReasons(rows: Row[], { withheld = [] }: Extensions): Row[] {
  const told = withheld.filter(({ path }) => path[0] === 'rows' && path[1] === 'nodes' && typeof path[2] === 'string');
  if (told.length === 0) return rows;
  return rows.map((row) => {
    const more = told
      .filter(({ path }) => !row.withheld.some((one) => one.field === path[2]) && isMissing(row, path.slice(2)))
      .map(({ path, reason, purpose, category, since }) => ({ field: String(path[2]), reason, purpose, category, since }));
    return more.length === 0 ? row : { ...row, withheld: [...row.withheld, ...more] };
  });
}

type Came = NonNullable<Page['rows']>;

/** A page of which parts failed, and the rows that came by it. */
type Partly = { page: object; ids: ReadonlySet<string> };

/** Which rows, in which order; beside that, which columns. */
export type RowsAsked = { filter?: object; orderBy?: object[] | null; asOf?: string; [shown: string]: unknown };

/**
 * The rows of a list, page by page from its first row on and, once somebody has gone there, from its last. Between the two
 * lies what is not known yet; it is asked for from the nearer end, since a page begins where another has ended.
 */
export class Pager {
  private head: Row[] = [];
  private tail: Row[] = [];
  private headEnd: string | null = null;
  private tailStart: string | null = null;
  private complete = false;
  private told: number | null = null;
  /** Which rows are drawn, and the first of them in view. */
  private wanted: readonly [number, number, number] = [0, 1, 0];
  private asking = false;
  private running = false;
  private looking = false;
  /** An answer that failed in part may have been kept: it is not taken again. */
  private again = false;
  /** Pages of which parts failed, and those that are asked for once more. */
  private partly: Partly[] = [];
  private anew: Partly[] = [];
  /** Rows of which it was asked what is worked out for them, and those of them with which something failed. */
  private looked = new Set<string>();
  private failed = new Set<string>();
  private answers: Told[] = [];
  private untell: (() => void)[] = [];
  private listeners = new Set<() => void>();
  private version = 0;

  ready = false;
  /** Somebody goes to the end, until it is there or she goes elsewhere. */
  ending = false;
  error: CombinedError | undefined;
  /** What went wrong with parts of rows, or where something is worked out by itself: the rows go on without it. */
  partError: CombinedError | undefined;
  /** Nothing came of the last look: the next waits until it is tried again. */
  blind = false;
  withheld: NonNullable<Extensions['withheld']>[number] | undefined;

  constructor(
    private client: Client,
    private kind: Kind,
    readonly asked: RowsAsked,
    private apart: Column | undefined,
  ) {}

  /** How many rows there are, as far as is known: one more than those that are there, between the first and the last of them, if nobody says. */
  get count(): number {
    const there = this.head.length + this.tail.length;
    if (this.complete) return there;
    return Math.max(this.told ?? 0, there + 1);
  }

  /** How many there are in all; null where that is withheld. */
  get total(): number | null {
    return this.complete ? this.count : this.told;
  }

  row(index: number): Row | undefined {
    return index < this.head.length ? this.head[index] : this.tail[index - this.tailFrom];
  }

  /** Where a row is; -1 where it is not, or not any more. */
  indexOf(id: string): number {
    const index = this.head.findIndex((row) => row.id === id);
    const behind = index < 0 ? this.tail.findIndex((row) => row.id === id) : -1;
    return behind < 0 ? index : this.tailFrom + behind;
  }

  /** Where the rows begin that were asked for from the end. */
  get tailFrom(): number {
    return this.count - this.tail.length;
  }

  /** How far a row is from the end, where that alone is known of its place. */
  fromEnd(index: number): number | undefined {
    return this.total === null && this.tail.length > 0 && index >= this.tailFrom ? this.count - index : undefined;
  }

  /** Whether it is known which row is the last, or it can be asked for by its place. */
  get endKnown(): boolean {
    return this.total !== null || this.tail.length > 0;
  }

  /** Whether the end is asked for, and is not there yet. */
  get toEnd(): boolean {
    return this.ending && !this.endKnown && !this.error;
  }

  /** Asks for the last rows of a list of which nobody says how many it has. */
  end() {
    this.ending = true;
    this.changed();
    void this.ask();
  }

  /** Goes to the end no more. */
  stay() {
    if (!this.ending) return;
    this.ending = false;
    this.changed();
  }

  subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
  snapshot = () => this.version;

  start = () => {
    this.running = true;
    this.untell = this.answers.map(note);
    const stop = onReachable(() => (this.error || this.partError) && this.retry());
    void this.ask();
    return () => {
      this.running = false;
      stop();
      for (const untell of this.untell) untell();
    };
  };

  /** Says which rows are drawn, and which is the first of them in view. */
  want(from: number, to: number, view = from) {
    this.wanted = [from, to, view];
    void this.ask();
    void this.look();
  }

  /** Says how many there are in all, which is counted beside; null where that is withheld, undefined as long as it is not known. */
  tell(total: number | null | undefined) {
    if (total === undefined || this.told === total) return;
    this.shift(() => (this.told = total));
    this.changed();
    void this.ask();
  }

  /** Does what may change how many rows are known: places behind those that come are counted from the first row, and change with it. */
  private shift(act: () => void) {
    const [before, behind] = [this.count, this.tail.length > 0 && this.wanted[2] >= this.tailFrom];
    act();
    const moved = behind ? this.count - before : 0;
    this.wanted = [this.wanted[0] + moved, this.wanted[1] + moved, this.wanted[2] + moved];
  }

  retry = () => {
    this.error = undefined;
    this.partError = undefined;
    this.blind = false;
    this.again = true;
    this.anew.push(...this.partly.splice(0));
    for (const id of this.failed) this.looked.delete(id);
    this.failed.clear();
    this.changed();
    void this.ask();
    void this.look();
  };

  /** Which page is to be asked for next, or none. */
  private next(): object | undefined {
    if (this.anew[0]) return this.anew[0].page;
    if (!this.ready) return { first: firstPage };
    const lost = [this.head.length, this.tailFrom] as const;
    if (this.complete || lost[0] >= lost[1]) return undefined;
    if (this.toEnd) return { last: nextPages };
    const [from, to] = [Math.max(0, this.wanted[0] - ahead), Math.min(this.count, this.wanted[1] + ahead)];
    if (to <= lost[0] || from >= lost[1]) return undefined;
    // Where nobody says how wide the gap is, it stays as near as it was: what is in view says from which side it is seen.
    const placed = this.told !== null && this.told >= this.count;
    const backward = placed ? lost[1] - this.wanted[0] < this.wanted[1] - lost[0] : this.wanted[2] >= lost[1];
    return backward ? { last: nextPages, before: this.tailStart } : { first: nextPages, after: this.headEnd };
  }

  private async ask() {
    if (this.asking || !this.running || this.error || this.withheld) return;
    this.asking = true;
    for (let page = this.next(); page && this.running && !this.error; page = this.next()) {
      const { data, error, extensions } = await this.send(rowsOf(this.kind), { ...this.asked, ...page });
      const anew = this.anew[0]?.page === page ? this.anew[0] : undefined;
      if (data?.rows) {
        const nodes = withReasons(data.rows.nodes, extensions);
        const came = { ...data.rows, nodes };
        const backward = 'last' in page;
        const ids = anew ? this.replace(came, backward, anew.ids) : this.take(came, backward);
        if (anew) this.anew.shift();
        if (error) {
          this.partError = error;
          this.partly.push({ page, ids });
        }
      } else {
        this.withheld = error ? undefined : extensions.withheld?.find((one) => one.path[0] === 'rows');
        if (!this.withheld) this.error = error ?? new CombinedError({ graphQLErrors: [`The answer must hold the ${this.kind.many} or say why they are withheld, and does neither.`] });
      }
      this.changed();
      if (this.withheld) break;
      void this.look();
    }
    this.asking = false;
  }

  /** Asks, and notes what the answer says of itself. */
  private async send<Data, Variables extends object>(query: TadaDocumentNode<Data, Variables>, variables: Variables): Promise<Pick<OperationResult<Data>, 'data' | 'error'> & { extensions: Extensions }> {
    const began = performance.now();
    const result = await this.client.query(query, variables as never, this.again ? { requestPolicy: 'network-only' } : {}).toPromise();
    const text = stringifyDocument(query);
    const told: Told = { name: /query (\w+)/.exec(text)?.[1] ?? 'Rows', query: text, variables, extensions: (result.extensions ?? {}) as Extensions, milliseconds: performance.now() - began };
    this.answers.push(told);
    if (this.running) this.untell.push(note(told));
    return { data: result.data && explained(result.data, result.error, told.extensions), error: result.error, extensions: told.extensions };
  }

  /** Asks for what is worked out by itself of the rows in view, a few at a time. */
  private async look() {
    const { apart, kind, asked } = this;
    if (!apart?.apart || this.looking || this.blind) return;
    this.looking = true;
    const lacking = () => {
      const [from, to] = this.wanted;
      const rows = Array.from({ length: to - from + 1 }, (_, index) => this.row(from + index));
      return rows.flatMap((row) => (row && !this.looked.has(row.id) && apart.apart!.of(row as never) ? [row.id] : [])).slice(0, few);
    };
    for (let ids = lacking(); ids.length > 0 && this.running && !this.blind; ids = lacking()) {
      const { data, error, extensions } = await this.send(apartOf(kind, apart), { ids, asOf: asked.asOf });
      if (error) this.partError = error;
      if (data?.rows || !error) {
        this.found(ids, withReasons(data?.rows?.nodes ?? [], extensions));
        if (error) for (const id of ids) this.failed.add(id);
      } else this.blind = true;
      this.changed();
    }
    this.looking = false;
  }

  /** Puts what was worked out into its rows; those in which it failed say so, and the others do not wait for them. */
  private found(ids: readonly string[], nodes: readonly Row[]) {
    const there = new Map(nodes.map((row) => [row.id, row]));
    for (const id of ids) this.looked.add(id);
    this.change((row) => {
      if (!ids.includes(row.id)) return row;
      const more = there.get(row.id) ?? { withheld: [] };
      return { ...row, ...more, apart: true, withheld: [...row.withheld.filter(({ field }) => !(field in more)), ...more.withheld] };
    });
  }

  /** Puts a page in the place of what came of it before: rows that do not come again go. What is worked out for them is asked for anew. */
  private replace({ nodes, pageInfo }: Came, backward: boolean, before: ReadonlySet<string>): ReadonlySet<string> {
    const there = new Map(nodes.map((row) => [row.id, row]));
    for (const id of there.keys()) this.looked.delete(id);
    const others = new Set([...this.head, ...this.tail].map((row) => row.id).filter((id) => !before.has(id)));
    const fresh = nodes.filter((row) => !others.has(row.id));
    const list = backward ? this.tail : this.head;
    const at = list.findIndex((row) => before.has(row.id));
    const ends = before.has((backward ? list[0] : list[list.length - 1])?.id ?? '');
    this.shift(() => {
      this.change((row) => there.get(row.id) ?? row);
      const kept = (backward ? this.tail : this.head).filter((row) => !before.has(row.id));
      kept.splice(at < 0 ? (backward ? 0 : kept.length) : at, 0, ...fresh);
      if (backward) this.tail = kept;
      else this.head = kept;
      // Between two ends that have met nothing lies; else the page says where the next begins.
      if (ends && !(this.complete && this.head.length > 0 && this.tail.length > 0)) this.goOn(pageInfo, backward, false);
    });
    return new Set(fresh.map((row) => row.id));
  }

  private change(to: (row: Row) => Row) {
    this.head = this.head.map(to);
    this.tail = this.tail.map(to);
  }

  private take({ nodes, pageInfo }: Came, backward: boolean): ReadonlySet<string> {
    this.ready = true;
    const known = new Set((backward ? this.head : this.tail).map((row) => row.id));
    const fresh = nodes.filter((row) => !known.has(row.id));
    this.shift(() => {
      if (backward) this.tail = [...fresh, ...this.tail];
      else this.head = [...this.head, ...fresh];
      this.goOn(pageInfo, backward, fresh.length < nodes.length);
    });
    return new Set(fresh.map((row) => row.id));
  }

  /** Notes where the next page begins, if there is one and the two ends have not met. */
  private goOn(info: Came['pageInfo'], backward: boolean, met: boolean) {
    if (backward) this.tailStart = info.startCursor;
    else this.headEnd = info.endCursor;
    this.complete = met || !(backward ? info.hasPreviousPage : info.hasNextPage);
  }

  private changed() {
    this.version++;
    for (const tell of this.listeners) tell();
  }
}
