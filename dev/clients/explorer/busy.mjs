// Opens a page on a server that has too much to do: node busy.mjs CHROMIUM PAGE HASH EMPLOYEE
// It tells what the page shows where the first answers are refused, once and always, and how often it asked.
import { open, run, settle } from './browser.mjs';

const [chromium, page, hash, employee] = process.argv.slice(2);
const refusal = JSON.stringify({ errors: [{ message: 'ask again later', extensions: { code: 'OVERLOADED' } }] });

await run(chromium, async (browser) => {
  const seen = {};
  for (const [name, times] of [['once', 1], ['always', Infinity]]) {
    const tab = await open(browser, { session: { purpose: 'SALES', employee }, clock: false });
    let asked = 0;
    await tab.route('**/graphql', (route) => {
      if (!/^\s*query Home\b/.test(route.request().postDataJSON()?.query ?? '') || ++asked > times) return route.continue();
      return route.fulfill({ status: 503, contentType: 'application/graphql-response+json', headers: { 'Retry-After': '1' }, body: refusal });
    });
    await tab.goto(page + hash);
    // Between two questions the page is at rest for a moment: what is to come of them all is waited for.
    await tab.locator(times === 1 ? 'main table' : '[role="alert"]').first().waitFor({ timeout: 60_000 });
    await settle(tab);
    seen[name] = { asked, deals: await tab.locator('main table').count(), told: await tab.locator('[role="alert"]').allTextContents(), problems: tab.problems.filter((problem) => !problem.includes('503')) };
    await tab.context().close();
  }
  return seen;
});
