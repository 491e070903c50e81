// Opens pages on a server that has too much to do, and of which parts do not come: node busy.mjs BROWSER PAGE EMPLOYEE FAMILY
// It tells what the page shows where the first answers are refused, once, twice and always, and for longer than is waited in silence, and how often it
// asked; what stands in the place of a view that did not come, or that cannot be drawn; and what a list, Home and a family of companies say where an
// answer fails, or a part of it, and once it is asked again.
import { open, run, settle, until } from './browser.mjs';

const [chromium, page, employee, family] = process.argv.slice(2);
const refusal = JSON.stringify({ errors: [{ message: 'ask again later', extensions: { code: 'OVERLOADED' } }] });
const asks = (route, name) => new RegExp(`^\\s*query ${name}\\b`).test(route.request().postDataJSON()?.query ?? '');
const alerts = (tab) => tab.locator('[role="alert"]').allInnerTexts();

async function refused(browser, times) {
  const tab = await open(browser, { session: { purpose: 'SALES', employee }, clock: false });
  let asked = 0;
  await tab.route('**/graphql', (route) => {
    if (!asks(route, 'Home') || ++asked > times) return route.continue();
    return route.fulfill({ status: 503, contentType: 'application/graphql-response+json', headers: { 'Retry-After': '1' }, body: refusal });
  });
  await tab.goto(`${page}#/`);
  // Between two questions the page is at rest for a moment: what is to come of them all is waited for.
  await tab.locator(times < 3 ? 'main table' : '[role="alert"]').first().waitFor({ timeout: 60_000 });
  await settle(tab);
  const seen = { asked, deals: await tab.locator('main table').count(), told: await alerts(tab), problems: tab.problems.filter((problem) => !problem.includes('503')) };
  await tab.context().close();
  return seen;
}

/** Home on a server that asks for a minute: what is told, how often it was asked just before the minute is over, and what comes of it when it is tried sooner. */
async function long(browser) {
  const tab = await open(browser, { session: { purpose: 'SALES', employee }, clock: {} }); // it flows as it does, but for the minute
  let asked = 0;
  await tab.route('**/graphql', (route) => {
    if (!asks(route, 'Home') || ++asked > 1) return route.continue();
    return route.fulfill({ status: 503, contentType: 'application/graphql-response+json', headers: { 'Retry-After': '60' }, body: refusal });
  });
  await tab.goto(`${page}#/`);
  await tab.locator('[role="alert"]').first().waitFor({ timeout: 60_000 });
  const told = await alerts(tab);
  await tab.clock.fastForward(40_000);
  await settle(tab);
  const meanwhile = asked;
  await tab.getByRole('button', { name: 'Try again' }).click();
  await tab.locator('main table').first().waitFor({ timeout: 60_000 });
  const seen = { told, meanwhile, asked, after: await alerts(tab), problems: tab.problems.filter((problem) => !problem.includes('503')) };
  await tab.context().close();
  return seen;
}

/** Home and a family of companies of which an answer fails as a whole, is cut off, or took too long; and then, once it is asked again. */
async function wholes(browser) {
  const tab = await open(browser, { session: { purpose: 'SALES', employee }, clock: false });
  const untold = (roots) => ({ json: { data: Object.fromEntries(roots.map((root) => [root, null])), errors: roots.map((root) => ({ message: 'it took too long', path: [root], extensions: { code: 'TIMEOUT' } })) } });
  const ways = {
    untold: (route, roots) => route.fulfill(untold(roots)),
    cut: (route) => route.abort(),
    late: (route) => route.fulfill({ status: 503, contentType: 'application/graphql-response+json', body: JSON.stringify({ errors: [{ message: 'it took too long', extensions: { code: 'TIMEOUT' } }] }) }),
  };
  const places = {
    home: { hash: '#/', name: 'Home', roots: ['employee'], told: 'main .stack' },
    family: { hash: `#/accounts/${family}`, name: 'AccountFamily', roots: ['account'], told: '.family-cells' },
    figures: { hash: `#/accounts/${family}`, name: 'FamilyFigures', roots: ['customers', 'deals', 'cases'], told: '.family-cells' },
  };
  // First it is not told, then the network is cut: what was not told is not said to be none.
  let way = ways.untold;
  const look = async ({ told }) => ({ alerts: await alerts(tab), told: (await tab.locator(told).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()) });
  const seen = {};
  for (const [place, of] of Object.entries(places)) {
    for (const [way, fail] of Object.entries(ways)) {
      // While the network is cut nobody is reached, so that nothing comes by itself.
      await tab.route('**/graphql', (route) => (asks(route, of.name) || (way === 'cut' && asks(route, 'Reachable')) ? fail(route, of.roots) : route.continue()));
      await tab.goto('about:blank');
      await tab.goto(page + of.hash);
      await tab.locator('[role="alert"]').first().waitFor({ timeout: 60_000 });
      await settle(tab);
      const before = await look(of);
      await tab.unroute('**/graphql');
      if (way !== 'cut') await tab.getByRole('button', { name: 'Try again' }).first().click();
      await tab.locator('[role="alert"]').first().waitFor({ state: 'detached', timeout: 60_000 });
      await settle(tab);
      const focused = await tab.evaluate(() => document.activeElement?.tagName);
      seen[`${place}, ${way}`] = { before, after: await look(of), focused };
    }
  }
  await tab.route('**/graphql', (route) => (asks(route, 'Home') || (way === ways.cut && asks(route, 'Reachable')) ? way(route, places.home.roots) : route.continue()));
  await tab.goto('about:blank');
  await tab.goto(page + places.home.hash);
  await tab.locator('[role="alert"]').first().waitFor({ timeout: 60_000 });
  await settle(tab);
  way = ways.cut;
  await tab.getByRole('button', { name: 'Try again' }).first().click();
  await tab.locator('.offline').waitFor();
  await settle(tab);
  const thenCut = await look(places.home);
  await tab.unroute('**/graphql');
  // Of the figures of a family some are refused, and others took too long: both are told, and asked again is what may come.
  let times = 0;
  const answered = (root, code) => ({ json: { data: { customers: null, deals: null, cases: null, [root]: null }, errors: [{ message: code, path: [root], extensions: { code } }] } });
  await tab.route('**/graphql', (route) => (asks(route, 'FamilyFigures') ? route.fulfill(times++ % 2 === 0 ? answered('cases', 'PURPOSE_DENIED') : answered('deals', 'TIMEOUT')) : route.continue()));
  await tab.goto('about:blank');
  await tab.goto(page + places.figures.hash);
  await tab.locator('[role="alert"]').nth(1).waitFor({ timeout: 60_000 });
  await settle(tab);
  const mixed = { alerts: await alerts(tab), again: await tab.locator('[role="alert"]').getByRole('button', { name: 'Try again' }).count() };
  await tab.unroute('**/graphql');
  // A part of Home: what is not told is not said to be none.
  await tab.route('**/graphql', async (route) => {
    if (!asks(route, 'Home')) return route.continue();
    const json = await (await route.fetch()).json();
    const parts = ['deals', 'interactions'];
    for (const part of parts) json.data.employee[part] = null;
    return route.fulfill({ json: { ...json, errors: parts.map((part) => ({ message: 'it took too long', path: ['employee', part], extensions: { code: 'TIMEOUT' } })) } });
  });
  await tab.goto('about:blank');
  await tab.goto(`${page}#/`);
  await tab.locator('[role="alert"]').first().waitFor({ timeout: 60_000 });
  await settle(tab);
  const partly = await look(places.home);
  await tab.unroute('**/graphql');
  // What the deals add up to is withheld, and so is what one of them is worth: neither is said to be missing.
  await tab.route('**/graphql', async (route) => {
    if (!asks(route, 'Home')) return route.continue();
    const json = await (await route.fetch()).json();
    const why = { reason: 'NOT_FOR_PURPOSE', purpose: 'SALES', category: 'COMPANY', since: null };
    const { deals } = json.data.employee;
    deals.aggregate.amount = null;
    deals.nodes[0].amount = null;
    deals.nodes[0].withheld = [{ field: 'amount', ...why }];
    return route.fulfill({ json: { ...json, extensions: { ...json.extensions, withheld: [{ path: ['employee', 'deals', 'aggregate', 'amount'], count: 1, ...why }] } } });
  });
  await tab.goto('about:blank');
  await tab.goto(page + places.home.hash);
  await tab.locator('.strip').waitFor();
  await settle(tab);
  const sums = { open: await tab.locator('.strip > div').first().innerText(), reasons: await tab.locator('.strip > div').first().locator('[data-reason]').count() };
  await tab.unroute('**/graphql');
  return { seen, partly, sums, single: await single(tab), thenCut, mixed, problems: tab.problems.filter((problem) => !/503|ERR_FAILED/.test(problem)) };
}

/** Home, and a list of few deals, of which one amount is withheld while the sums of the others are told: what stands beside the sums, and how many have no amount. */
async function single(tab) {
  const why = { reason: 'NOT_FOR_PURPOSE', purpose: 'SALES', category: 'COMPANY', since: null };
  let kept;
  let none;
  const keep = (nodes) => {
    none = nodes.filter((deal) => deal.amount === null).length;
    const one = nodes.find((deal) => deal.amount !== null);
    kept = one.amount;
    one.amount = null;
    one.withheld = [{ field: 'amount', ...why }];
  };
  const lower = (sums) => sums.find((one) => one.currency === kept.currency).count--;
  const parts = {
    Home: ({ employee: { deals } }) => (keep(deals.nodes), lower(deals.aggregate.amount)),
    Deals: ({ rows }) => keep(rows.nodes),
    DealsTotals: ({ found }) => lower(found.aggregate.money),
  };
  await tab.route('**/graphql', async (route) => {
    const [name] = Object.keys(parts).filter((one) => asks(route, one));
    if (!name) return route.continue();
    const json = await (await route.fetch()).json();
    if (name === 'DealsTotals') await until('the rows to be answered', () => kept !== undefined);
    parts[name](json.data);
    return route.fulfill({ json });
  });
  const told = {};
  for (const [place, hash, sums] of [['home', '#/', '.strip > div'], ['list', '#/deals?where=stage.in.NEGOTIATION', '.list-totals .sums']]) {
    kept = undefined;
    await tab.goto('about:blank');
    await tab.goto(page + hash);
    await tab.locator(sums).first().locator('[data-reason]').waitFor();
    await settle(tab);
    told[place] = { text: (await tab.locator(sums).first().innerText()).replace(/\s+/g, ' '), none };
  }
  return told;
}

/** A view whose file does not come, and one of which an answer is none that can be drawn. */
async function broken(browser) {
  const tab = await open(browser, { session: { purpose: 'SERVICE' } });
  const frame = tab.getByRole('navigation', { name: 'Main' }).first();
  const title = (name) => tab.getByRole('heading', { level: 1, name }).waitFor();
  const alert = async () => {
    await tab.locator('[role="alert"]').waitFor();
    return (await alerts(tab)).join();
  };
  /** What the browser minded since it was asked last, but for what a step brings about. */
  const minded = (brought) => tab.problems.splice(0).filter((problem) => !brought?.test(problem));
  await tab.goto(`${page}#/what-may-be-seen`);
  await settle(tab);
  const problems = minded();
  // Its style and then its script do not come; with both it is drawn as it is to be.
  const missed = [];
  const parts = ['**/assets/analyses-*.css', '**/assets/analyses-*.js'];
  for (const part of parts) await tab.route(part, (route) => route.abort());
  await frame.getByRole('link', { name: 'Journeys' }).click();
  for (const part of parts) {
    missed.push(await alert());
    problems.push(...minded(/ERR_FAILED|Unable to preload CSS for \S*analyses-|did not come|Failed to fetch dynamically imported module: \S*analyses-/));
    await tab.unroute(part);
    await tab.getByRole('button', { name: 'Try again' }).click();
  }
  await title(/run from opening/);
  await settle(tab);
  const came = await alerts(tab);
  const styled = await tab.evaluate(() => {
    const sheet = [...document.styleSheets].find(({ href }) => href?.includes('analyses-'));
    try {
      return sheet?.cssRules.length > 0;
    } catch {
      return false; // of one that did not come nothing can be read
    }
  });
  problems.push(...minded());

  await tab.route('**/graphql', (route) => (asks(route, 'HiddenEvents') ? route.fulfill({ json: { data: { hiddenEvents: { __typename: 'HiddenEventConnection', totalCount: 1, pageInfo: null, nodes: null } } } }) : route.continue()));
  await frame.getByRole('link', { name: 'Hidden events' }).click();
  const undrawn = await alert();
  problems.push(...minded(/^(Type)?Error: Cannot read properties of null/));
  const link = await frame.getByRole('link', { name: 'Accounts' });
  await link.click();
  await title('Accounts');
  await settle(tab);
  const left = await alerts(tab);
  await tab.unroute('**/graphql');
  // The frame itself cannot be drawn: what stands in its place is all there is of the page.
  await tab.route('**/graphql', (route) => (asks(route, 'Viewer') ? route.fulfill({ json: { data: { viewer: { __typename: 'Viewer', subject: null, roles: [], purposes: [], purpose: 'SERVICE', policy: null } } } }) : route.continue()));
  await tab.goto('about:blank');
  await tab.goto(`${page}#/accounts`);
  const frameless = await alert();
  const mains = await tab.locator('main').count();
  problems.push(...minded(/^(Type)?Error: Cannot read properties of null/));
  await tab.unroute('**/graphql');
  await tab.getByRole('button', { name: 'Try again' }).click();
  await title('Accounts');
  await settle(tab);
  const whole = { frameless, mains };
  return { missed, came, styled, undrawn, left, whole, problems: [...problems, ...minded()] };
}

/** A list whose rows are refused once; of which parts fail, of rows, of what is wrong with deals and of why nothing is left; and each once it is asked again. */
async function lists(browser) {
  const tab = await open(browser, { session: { purpose: 'SALES' }, clock: false });
  const failure = (path) => ({ message: 'it took too long', path, extensions: { code: 'TIMEOUT' } });
  const texts = async (of) => (await of.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  /** Has an answer be another, while it is looked at; then it is asked again. */
  const told = async (hash, name, change, cells) => {
    const asked = [];
    await tab.route('**/graphql', async (route) => {
      if (!asks(route, name)) return route.continue();
      asked.push(route.request().postData());
      const response = await route.fetch();
      const changed = change(await response.json(), asked.length);
      return changed ? route.fulfill(changed) : route.fulfill({ response });
    });
    await tab.goto('about:blank');
    await tab.goto(page + hash);
    await tab.locator('[role="alert"]').or(tab.locator('tbody .list-link')).first().waitFor({ timeout: 60_000 });
    await settle(tab);
    const look = async () => ({ rows: await tab.locator('tbody tr:not(.space)').count(), alerts: await alerts(tab), cells: (await texts(tab.locator(cells))).slice(0, 5), waiting: await tab.locator('.row-waiting').count() });
    const before = { ...(await look()), asked: asked.filter((one) => one === asked[0]).length };
    await tab.unroute('**/graphql');
    if (before.alerts.length > 0) await tab.getByRole('button', { name: 'Try again' }).click();
    await settle(tab);
    return { before, after: await look() };
  };
  const seen = {
    refused: await told('#/deals', 'Deals', (_, times) => times === 1 && { status: 429, headers: { 'Retry-After': '1' }, contentType: 'application/graphql-response+json', body: refusal }, 'tbody td[data-word="Owners"]'),
    partly: await told('#/deals', 'Deals', (json) => ((json.data.rows.nodes[0].owners = null), (json.errors = [failure(['rows', 'nodes', 0, 'owners'])]), { json }), 'tbody td[data-word="Owners"]'),
    counted: await told('#/accounts', 'Accounts', (json) => ((json.data.rows.nodes[0].orders.totalCount = null), (json.errors = [failure(['rows', 'nodes', 0, 'orders', 'totalCount'])]), { json }), 'tbody td[data-word="Orders"]'),
    summed: await told('#/accounts', 'Accounts', (json) => ((json.data.rows.nodes[0].open.aggregate = null), (json.errors = [failure(['rows', 'nodes', 0, 'open', 'aggregate'])]), { json }), 'tbody td[data-word="Open deals"] .beside'),
    wrongPartly: await told('#/deals?where=stage.in.NEGOTIATION', 'DealsWrong', (json) => ((json.data.rows.nodes[0].committee = null), (json.errors = [failure(['rows', 'nodes', 0, 'committee'])]), { json }), 'tbody td[data-word="What is wrong"]'),
    wrong: await told('#/deals?where=stage.in.NEGOTIATION', 'DealsWrong', () => ({ json: { data: null, errors: [failure()] } }), 'tbody td[data-word="What is wrong"]'),
    unexplained: await told('#/deals?where=stage.in.WON;amount.gte.99999999,EUR', 'DealsExplained', () => ({ json: { data: null, errors: [failure()] } }), '.nothing h2, .nothing td[data-word]'),
  };
  return { ...seen, problems: tab.problems.filter((problem) => !problem.includes('429')) };
}

/** Home where somebody between the page and its server answers, with a number and no word of what is wrong; and then, once it is asked again. */
async function bodiless(browser) {
  const tab = await open(browser, { session: { purpose: 'SALES', employee }, clock: false });
  const seen = {};
  for (const status of [413, 403, 401]) {
    await tab.route('**/graphql', (route) => (asks(route, 'Home') ? route.fulfill({ status, body: '' }) : route.continue()));
    await tab.goto('about:blank');
    await tab.goto(`${page}#/`);
    await tab.locator('[role="alert"]').first().waitFor({ timeout: 60_000 });
    await settle(tab);
    seen[status] = { told: await alerts(tab), offline: await tab.locator('.offline').count() };
    await tab.unroute('**/graphql');
    if (status === 401) continue;
    await tab.getByRole('button', { name: 'Try again' }).first().click();
    await tab.locator('main table').first().waitFor({ timeout: 60_000 });
    await settle(tab);
    seen[status].after = await alerts(tab);
  }
  const problems = tab.problems.filter((problem) => !/4(13|03|01)/.test(problem));
  await tab.context().close();
  return { seen, problems };
}

await run(chromium, async (browser) => {
  const [bare, once, twice, always, minute, views, told, whole] = await Promise.all([bodiless(browser), refused(browser, 1), refused(browser, 2), refused(browser, Infinity), long(browser), broken(browser), lists(browser), wholes(browser)]);
  return { bodiless: bare, busy: { once, twice, always }, minute, views, lists: told, wholes: whole };
});
