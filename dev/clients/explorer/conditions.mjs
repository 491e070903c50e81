// Works with the conditions of a list in a browser that speaks Arabic: writes them of values, of amounts from one to another and of how many there are, changes
// and takes away, orders, takes other columns, copies the link and opens it elsewhere; goes to the end of a list that is not counted, and back; folds a family:
// node conditions.mjs BROWSER PAGE FAMILY
import { copied, open, run, settle } from './browser.mjs';

const [chromium, page, family] = process.argv.slice(2);

/** What a list shows: its conditions, its heads, its rows by their names, and what they come to. */
async function shown(tab) {
  await settle(tab);
  const texts = async (selector) => (await tab.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  return {
    hash: new URL(tab.url()).hash,
    title: (await tab.locator('h1').locator('..').innerText()).replace(/\s+/g, ' '),
    conditions: await texts('.condition'),
    heads: (await texts('[role="columnheader"]')).slice(1),
    sorted: await tab.locator('[aria-sort]').evaluateAll((all) => all.map((one) => `${one.innerText.trim()} ${one.ariaSort}`)),
    rows: await texts('tbody td.first > .list-link'),
    sums: await texts('.list-totals .sums > span'),
    alerts: await texts('[role="alert"]'),
  };
}

/** Goes to the end of a list of which nobody counts the rows, up from there, and back to its beginning. */
async function ends(tab) {
  await tab.goto(`${page}#/interactions?where=all`);
  await settle(tab);
  const grid = tab.getByRole('grid');
  await grid.focus();
  await tab.keyboard.press('End');
  const place = tab.locator('.list-totals .strong').first();
  await place.getByText('–1 from the end').waitFor();
  await settle(tab);
  const active = async () => (await tab.locator('tr[data-active]').innerText()).replace(/\s+/g, ' ').trim();
  const told = { end: await place.innerText(), rows: await grid.getAttribute('aria-rowcount'), last: await active() };
  for (let i = 0; i < 7; i++) await tab.keyboard.press('PageUp'); // of twenty rows each
  await settle(tab);
  told.up = await place.innerText();
  const inView = await tab.locator('tr[data-active]').evaluate((row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < innerHeight);
  await tab.keyboard.press('Home');
  await settle(tab);
  told.home = await place.innerText();
  await tab.keyboard.press('End');
  await settle(tab);
  for (let i = 0; i < 7; i++) await tab.keyboard.press('PageUp'); // of twenty rows each
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => location.hash.startsWith('#/nodes/'));
  return { ...told, inView, opened: new URL(tab.url()).hash, ...(await gap(tab)) };
}

/** Chooses the last rows before and after those in front of them have come; rests where rows are missing, at the end of those from the beginning. */
async function gap(tab) {
  const pages = [];
  let release;
  let held;
  const hold = () => (held = new Promise((free) => (release = free)));
  await tab.route('**/graphql', async (route) => {
    const { query = '', variables = {} } = route.request().postDataJSON() ?? {};
    if (/^\s*query Interactions\b/.test(query)) pages.push(variables);
    if (variables.before || variables.after) await held;
    await route.continue();
  });
  await tab.goto('about:blank');
  await tab.goto(`${page}#/interactions?where=all`);
  await settle(tab);
  const grid = tab.getByRole('grid');
  await grid.focus();
  hold();
  await tab.keyboard.press('End');
  const place = tab.locator('.list-totals .strong').first();
  await place.getByText('–1 from the end').waitFor();
  await tab.keyboard.press('Shift+ArrowUp');
  release();
  await settle(tab);
  await tab.keyboard.press('Shift+ArrowUp');
  const chosen = await tab.locator('.selection-bar [role="status"]').innerText();
  const ids = await tab.locator('tr[aria-selected="true"] .sr').count();
  await tab.keyboard.press('Home');
  await settle(tab);
  const head = pages.reduce((sum, { first = 0 }) => sum + first, 0);
  const before = pages.length;
  hold();
  await tab.evaluate((rows) => scrollTo(0, document.querySelector('.table.long tbody').getBoundingClientRect().top + scrollY + 36 * rows - 84), head - 5);
  await place.getByText(`–${head}, `).waitFor();
  const straddled = await place.innerText();
  release();
  await settle(tab);
  const rested = pages.slice(before).map(({ first, last }) => (first ? `first ${first}` : `last ${last}`));
  await tab.unroute('**/graphql');
  return { chosen, ids, straddled: straddled.replace(`–${head}`, '–HEAD'), rested };
}

/** Folds and unfolds a family by the arrows that the page names. */
async function folds(tab) {
  await tab.goto(`${page}#/accounts/${family}`);
  await settle(tab);
  const row = tab.getByRole('treegrid', { name: 'Family of companies' }).locator('[aria-expanded="true"]').first();
  const id = await row.getAttribute('data-key');
  const state = () => tab.locator(`[role="row"][data-key="${id}"]`).getAttribute('aria-expanded');
  await row.focus();
  const states = [await state()];
  for (const key of ['ArrowLeft', 'ArrowRight']) {
    await tab.keyboard.press(key);
    states.push(await state());
  }
  return states;
}

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' }, locale: 'ar' });
  const dialog = tab.getByRole('dialog');
  /** Chooses by what a condition is to be, with the keyboard alone. */
  const condition = async (word) => {
    await tab.keyboard.press('f');
    await tab.keyboard.type(word);
    await tab.getByRole('option', { name: word, exact: true }).waitFor();
    await tab.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: word }).waitFor();
  };
  const add = async (verb = 'Add') => {
    await dialog.getByText(/match it alone/).waitFor();
    const alone = await dialog.getByText(/match it alone/).innerText();
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await settle(tab);
    return alone;
  };
  await tab.goto(`${page}#/deals`);
  await settle(tab);
  // The browser draws days in its own language; the page says them in its own, beside.
  const days = [];
  const written = async (field) => days.push((await field.evaluate((input) => document.getElementById(input.getAttribute('aria-describedby')).innerText)).replace(',', ''));
  await condition('Expected close');
  await dialog.getByRole('button', { name: 'from … to' }).click();
  await written(dialog.getByLabel('From', { exact: true }));
  await dialog.getByLabel('From', { exact: true }).fill('2027-03-04');
  await written(dialog.getByLabel('From', { exact: true }));
  await tab.keyboard.press('Escape');
  await tab.evaluate(() => document.activeElement?.blur?.());
  await tab.keyboard.press('t');
  await dialog.getByLabel('As of the end of').fill('2026-04-03');
  await written(dialog.getByLabel('As of the end of'));
  await dialog.getByRole('button', { name: 'Back to today' }).click();
  await settle(tab);
  const alone = [];
  await condition('Stage');
  for (const stage of ['Proposal', 'Won', 'Lost']) await dialog.getByLabel(stage, { exact: true }).check();
  alone.push(await add());
  await condition('Amount');
  await dialog.getByLabel('At least').fill('10000');
  alone.push(await add());
  await condition('Amount');
  await dialog.getByRole('button', { name: 'at most' }).click();
  await dialog.getByLabel('At most').fill('60000.50');
  alone.push(await add());
  await condition('Contacts');
  await dialog.getByLabel('At least').fill('2');
  alone.push(await add());
  const four = await shown(tab);
  // What was said is changed, and one is taken away.
  await tab.getByRole('button', { name: 'Change “Stage”' }).click();
  await dialog.getByLabel('Proposal', { exact: true }).uncheck();
  alone.push(await add('Change'));
  await tab.getByRole('button', { name: 'Take “Contacts” away' }).click();
  await settle(tab);
  const focused = await tab.evaluate(() => document.activeElement?.matches('.condition-bar > .btn'));
  // Once by the head, and once by the menu.
  await tab.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click();
  const byHead = await shown(tab);
  await tab.getByRole('button', { name: /high first/ }).click();
  await tab.getByRole('group', { name: 'Order by Amount' }).first().getByRole('button', { name: 'low first' }).click();
  await tab.keyboard.press('Escape');
  await tab.getByRole('button', { name: 'Columns' }).click();
  await dialog.getByLabel('Reason of loss', { exact: true }).check();
  await dialog.getByLabel('Owners', { exact: true }).uncheck();
  await tab.keyboard.press('Escape');
  const three = await shown(tab);
  await tab.evaluate(() => document.activeElement?.blur?.());
  const told = tab.locator('.toast', { hasText: 'Link copied' });
  const link = await copied(tab, async () => {
    await tab.keyboard.press('y');
    await told.waitFor();
  });
  await told.waitFor({ state: 'detached' }); // it goes by itself
  const other = await open(browser, { session: { purpose: 'SALES' }, locale: 'ar' });
  await other.goto(link);
  const opened = await shown(other);
  const problems = other.problems;
  await other.context().close();
  const end = await ends(tab);
  const folded = await folds(tab);
  return { days, alone, four, focused, byHead, three, opened, end, folded, problems: [...problems, ...tab.problems] };
});
