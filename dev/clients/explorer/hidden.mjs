// Reads the page of a hidden event, who is behind its numbers, and what it says of companies: node hidden.mjs BROWSER PAGE ID PURPOSE
import { open, run, settle } from './browser.mjs';

const [chromium, page, id, purpose] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose } });
  const box = (title) => tab.locator('.box', { has: tab.getByRole('heading', { name: title, exact: true }) }).last();
  const rows = (of, table) =>
    of.locator(`table.${table} tbody tr`).evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())));
  await tab.goto(`${page}#/hidden-events/${id}`);
  await settle(tab);
  await tab.getByLabel('How long after it').selectOption('P30D');
  const link = new URL(tab.url()).hash;
  // The link alone brings the choice back.
  await tab.goto('about:blank');
  await tab.goto(page + link);
  await settle(tab);
  const exposure = await box('Exposure').innerText();
  const aftermath = await box('Aftermath').innerText();
  const seen = {
    link,
    exposure,
    aftermath,
    bar: await box('Exposure').locator('svg[role="img"]').getAttribute('aria-label'),
    ways: await rows(box('Exposure'), 'ways'),
    differences: await rows(box('Aftermath'), 'aftermath'),
    alike: await rows(box('How alike the two groups are'), 'alike'),
    lines: await box('Aftermath').locator('table .aftermath-point').count(),
  };
  await tab.getByRole('button', { name: /of whom we did not hear: who$/ }).click();
  // Events of journeys may have to be read first; the page asks again until they are.
  await tab.getByRole('dialog').getByText('behind this number').waitFor();
  seen.behind = await tab.getByRole('dialog').innerText();
  seen.names = await tab.getByRole('dialog').locator('li .name').count();
  await tab.getByRole('button', { name: 'Close' }).click();
  /** Who has no match, of what is compared now. */
  const unmatched = async () => {
    await tab.getByRole('button', { name: 'without a match: who' }).click();
    await tab.getByRole('dialog').getByText('behind this number').waitFor();
    const told = { said: await tab.getByRole('dialog').innerText(), names: await tab.getByRole('dialog').locator('li .name').count() };
    await tab.getByRole('button', { name: 'Close' }).click();
    return told;
  };
  seen.customers = await unmatched();
  await tab.getByLabel('Who is compared').selectOption('Companies');
  await settle(tab);
  seen.refused = await box('Aftermath').innerText();
  seen.companies = await unmatched();
  // A policy may let nothing be seen of what is compared, or of one outcome too few may have any: whoever looks at groups opens no event by itself, so
  // that no data bring that about.
  await tab.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    for (const week of json.data?.hiddenEvent?.aftermath?.weeks ?? []) week.differences = [];
    const [one] = json.data?.hiddenEvent?.aftermath?.differences ?? [];
    if (one) {
      for (const field of Object.keys(one)) if (!['outcome', '__typename'].includes(field)) one[field] = null;
      json.extensions.withheld = [{ path: ['hiddenEvent', 'aftermath'], count: 1, reason: 'SMALL_GROUP', purpose, category: 'BEHAVIOUR', since: null }];
    }
    await route.fulfill({ response, json });
  });
  await tab.goto('about:blank');
  await tab.goto(page + link);
  await settle(tab);
  seen.unseen = { difference: (await rows(box('Aftermath'), 'aftermath'))[0], boxes: await tab.locator('.box h2').allInnerTexts(), alerts: await tab.locator('[role="alert"]').allInnerTexts() };
  return { ...seen, problems: tab.problems };
});
