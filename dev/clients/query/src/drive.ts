// Uses what docs/query.md has, task by task, and prints what each gave as JSON: node drive.js URL VARIABLES
import { type Contact, contacts } from './contacts.js';
import { newClient } from './cache.js';
import { customerCard } from './customer-card.js';
import { dashboard } from './dashboard.js';
import { dealList, money } from './deal-list.js';
import { dealPage, listed } from './deal-page.js';
import { errorAt, patiently, remedy } from './errors.js';
import { lostDeals, save } from './export.js';
import * as gql from './gql/graphql.js';
import { answer, ask, type Kith, KithError } from './kith.js';
import { moveDeal } from './move-deal.js';
import { beside, type Hit, typeahead } from './typeahead.js';

const [url = '', json = '{}'] = process.argv.slice(2);
/** The variables that the page gives its queries, by their names. */
const given = JSON.parse(json) as {
  Typeahead: gql.TypeaheadQueryVariables;
  DealList: gql.DealListQueryVariables;
  DealPage: gql.DealPageQueryVariables;
  Contacts: gql.ContactsQueryVariables;
  MoveDeal: gql.MoveDealMutationVariables;
  LostDeals: gql.LostDealsQueryVariables;
  Tiles: gql.TilesQueryVariables;
  CustomerCard: gql.CustomerCardQueryVariables;
};
const kith = (purpose: gql.Purpose): Kith => ({ url, purpose });
const sales = kith('SALES');

/** Keys are pressed, the last one while the answer to the one before is on its way. */
async function typing() {
  const shown: Hit[][] = [];
  const errors: unknown[] = [];
  await new Promise<void>((done) => {
    const press = typeahead(sales, (hits) => (shown.push(hits), hits.length && done()), (error) => (errors.push(error), done()));
    const real = globalThis.fetch;
    globalThis.fetch = (...request) => {
      globalThis.fetch = real;
      const answer = real(...request);
      press(given.Typeahead.text);
      return answer;
    };
    press('a');
    press('al');
  });
  return { shown, errors, beside: shown.at(-1)?.map(beside) };
}

async function filtering() {
  const { list, ofStage } = await dealList(sales, { stages: ['PROPOSAL', 'NEGOTIATION'], atLeast: { amount: '20000', currency: 'EUR' } });
  const words = await dealList(sales, { words: ' RENEWAL ' });
  return { list, ofStage: [...ofStage], money: money({ amount: '12345678901234567.89', currency: 'EUR' }, 'en'), words: words.list?.nodes.map((d) => d.name) };
}

async function opening() {
  const page = await dealPage(sales, given.DealPage.id);
  return { page, listed: page && listed(page), nobody: await dealPage(sales, 'dea_aaaaaaaaaaaaaaaaaaaaaaaaaa') };
}

async function scrolling() {
  const more = contacts(newClient(kith('SERVICE')), given.Contacts.first);
  const seen: Contact[][] = [];
  for (let page = 0; page < 3; page++) {
    const [one, two] = await Promise.all([more(), more()]);
    if (one !== two) throw new Error('scrolling on asked twice');
    seen.push(one.rows);
  }
  const whole = await ask(kith('SERVICE'), gql.ContactsDocument, { first: 3 * given.Contacts.first });
  return { seen, whole: whole.interactions?.nodes };
}

/** Moves a deal, then once more as somebody who has not seen the first move: stages as the cache has them before and after Kith has answered. */
async function moving() {
  const client = newClient(sales);
  const { deal: id, updatedAt, stage } = given.MoveDeal.input;
  const open = await client.query(gql.DealPageDocument, { id }).toPromise();
  const cached = () => client.readQuery(gql.DealPageDocument, { id })?.data?.deal?.stage;
  const stages = [open.data?.deal?.stage];
  const move = async (to: gql.DealStage) => {
    const moved = moveDeal(client, { id, updatedAt: updatedAt ?? null }, to);
    stages.push(cached());
    const wrong = await moved;
    stages.push(cached());
    return wrong;
  };
  return { moved: await move(stage!), stale: await move('LOST'), stages };
}

/** Exports two rows at a time, with a connection that breaks within the second line that it brings. */
async function exporting() {
  const rows = [];
  for await (const row of lostDeals(sales, given.LostDeals, 2)) rows.push(row);
  const real = globalThis.fetch;
  let asked = 0;
  globalThis.fetch = async (...request) => {
    const response = await real(...request);
    if (++asked > 1) return response;
    const text = await response.text();
    const breaks = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(new TextEncoder().encode(text.slice(0, text.indexOf('\n') + 20))),
      pull: (to) => to.error(new TypeError('terminated')),
    });
    return new Response(breaks, response);
  };
  let file = '';
  const written = await save(sales, given.LostDeals, new WritableStream({ write: (text) => void (file += text) }));
  globalThis.fetch = real;
  return { rows, file, written, asked };
}

async function failing() {
  const { data, errors } = await answer(sales, gql.TilesDocument, given.Tiles);
  const deals = errorAt(errors, 'deals');
  const waits: number[] = [];
  const wait = async (seconds: number) => void waits.push(seconds);
  const nobody: Kith = { url: 'http://127.0.0.1:1/', purpose: 'SALES' };
  const gaveUp = await patiently(() => ask(nobody, gql.TilesDocument, { rows: 1 }), wait).catch((error: KithError) => error.code);
  let tries = 0;
  const second = async () => {
    if (++tries < 2) throw new KithError('OVERLOADED', '', [], undefined, 7);
    return ask(sales, gql.TilesDocument, { rows: 1 });
  };
  const then = await patiently(second, wait);
  return { data, code: deals?.code, has: deals?.requestId !== undefined, remedy: deals && remedy(deals), gaveUp, waits, then: then.accounts };
}

console.log(
  JSON.stringify({
    Typeahead: await typing(),
    DealList: await filtering(),
    DealPage: await opening(),
    Contacts: await scrolling(),
    Dashboard: await dashboard(sales),
    MoveDeal: await moving(),
    LostDeals: await exporting(),
    Tiles: await failing(),
    CustomerCard: [await customerCard(kith('MARKETING'), given.CustomerCard.id), await customerCard(sales, given.CustomerCard.id), await customerCard(sales, 'cus_aaaaaaaaaaaaaaaaaaaaaaaaaa')],
  }),
);
