import { stringifyDocument, type Client, type CombinedError } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';
import { note, type Extensions, type Told } from '../../api/answers';
import { onReachable } from '../../api/connection';
import type { Reason } from '../../api/graphql';
import type { Page } from './document';
import type { Row } from './kind';

const firstPage = 50;
const nextPages = 200;
/** What an answer says of its cost, of which a page may take so much. */
type Cost = { cost?: { requested: number; limit: number } };
const share = 0.8;
/** So many rows around those on the screen are asked for before they come into view. */
const ahead = 400;

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
  private size = nextPages;
  private complete = false;
  private told: number | null = null;
  private wanted: readonly [number, number] = [0, 1];
  private asking = false;
  private running = false;
  private answers: Told[] = [];
  private untell: (() => void)[] = [];
  private listeners = new Set<() => void>();
  private version = 0;

  ready = false;
  error: CombinedError | undefined;
  withheld: Reason | undefined;

  constructor(
    private client: Client,
    private query: TadaDocumentNode<Page, object>,
    readonly asked: RowsAsked,
  ) {}

  /** How many rows there are, as far as is known: one more than those that are there if nobody may say. */
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
    return index < this.head.length ? this.head[index] : this.tail[index - (this.count - this.tail.length)];
  }

  subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
  snapshot = () => this.version;

  start = () => {
    this.running = true;
    this.untell = this.answers.map(note);
    const stop = onReachable(() => this.error && this.retry());
    void this.ask();
    return () => {
      this.running = false;
      stop();
      for (const untell of this.untell) untell();
    };
  };

  /** Says which rows are in view. */
  want(from: number, to: number) {
    this.wanted = [from, to];
    void this.ask();
  }

  retry = () => {
    this.error = undefined;
    this.changed();
    void this.ask();
  };

  /** Which page is to be asked for next, or none. */
  private next(): object | undefined {
    if (!this.ready) return { first: firstPage };
    const lost = [this.head.length, this.count - this.tail.length] as const;
    if (this.complete || lost[0] >= lost[1]) return undefined;
    const [from, to] = [Math.max(0, this.wanted[0] - ahead), Math.min(this.count, this.wanted[1] + ahead)];
    if (to <= lost[0] || from >= lost[1]) return undefined;
    const backward = this.told !== null && lost[1] - this.wanted[0] < this.wanted[1] - lost[0];
    return { count: false, ...(backward ? { last: this.size, before: this.tailStart } : { first: this.size, after: this.headEnd }) };
  }

  private async ask() {
    if (this.asking || !this.running || this.error || this.withheld) return;
    this.asking = true;
    for (let page = this.next(); page && this.running && !this.error; page = this.next()) {
      const began = performance.now();
      const variables = { ...this.asked, ...page };
      const { data, error, extensions } = await this.client.query(this.query, variables).toPromise();
      const told: Told = { name: this.name, query: stringifyDocument(this.query), variables, extensions: (extensions ?? {}) as Extensions, milliseconds: performance.now() - began };
      const { cost } = told.extensions as Cost;
      if (!this.ready && cost && cost.requested > 0) this.size = Math.max(10, Math.min(nextPages, Math.floor((share * cost.limit * firstPage) / cost.requested)));
      this.answers.push(told);
      if (this.running) this.untell.push(note(told));
      if (data?.rows) this.take({ ...data.rows, nodes: withReasons(data.rows.nodes, told.extensions) }, 'last' in page);
      else if (error) this.error = error;
      else this.withheld = told.extensions.withheld?.find((one) => one.path[0] === 'rows')?.reason ?? 'NOT_FOR_PURPOSE';
      if (!data?.rows && !error) {
        this.changed();
        break;
      }
      this.changed();
    }
    this.asking = false;
  }

  private get name(): string {
    return /query (\w+)/.exec(stringifyDocument(this.query))?.[1] ?? 'Rows';
  }

  private take({ nodes, pageInfo, totalCount }: NonNullable<Page['rows']>, backward: boolean) {
    this.ready = true;
    if (totalCount !== undefined) this.told = totalCount;
    const known = new Set((backward ? this.head : this.tail).map((row) => row.id));
    const fresh = nodes.filter((row) => !known.has(row.id));
    if (backward) {
      this.tail = [...fresh, ...this.tail];
      this.tailStart = pageInfo.startCursor;
      this.complete = !pageInfo.hasPreviousPage || fresh.length < nodes.length;
    } else {
      this.head = [...this.head, ...fresh];
      this.headEnd = pageInfo.endCursor;
      this.complete = !pageInfo.hasNextPage || fresh.length < nodes.length;
    }
  }

  private changed() {
    this.version++;
    for (const tell of this.listeners) tell();
  }
}
