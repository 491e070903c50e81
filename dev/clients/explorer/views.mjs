// Looks at views of the explorer: node views.mjs BROWSER PAGE VIEWS.json [PICTURES]
// Of each it tells what axe finds, whether it scrolls sideways, what the browser minds, and keeps a picture where a folder is named.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

await run(chromium, async (browser) => {
  const seen = [];
  const shared = new Map();
  for (const { name, hash, purpose, employee, width, height, scheme, token, keys = [] } of JSON.parse(readFileSync(list, 'utf8'))) {
    // axe writes scripts of its own, which the page's policy forbids; whether the page keeps it is seen without.
    const tab = await open(browser, { width, height, colorScheme: scheme, session: { purpose, employee }, shared });
    await tab.goto(page + hash);
    if (token) {
      await tab.getByLabel('Token').fill(token);
      tab.problems.length = 0; // that nobody was signed in
      await tab.getByRole('button', { name: 'Sign in' }).click();
    }
    await settle(tab);
    for (const key of keys) await tab.keyboard.press(key);
    if (keys.length > 0) {
      await tab.waitForTimeout(300); // what is typed is searched for after a rest
      await settle(tab);
    }
    const title = await tab.evaluate(() => document.querySelector('h1')?.textContent ?? '');
    const crumb = await tab.evaluate(() => document.querySelector('.crumb')?.textContent ?? '');
    // What sticks out on the right, innermost first, of the page where that is not to be scrolled sideways, and tables of their box.
    const sideways = await tab.evaluate(() => {
      const sideways = document.documentElement.scrollWidth > innerWidth;
      const right = (element) => element.getBoundingClientRect().right;
      const out = [...document.querySelectorAll('body *')].filter((element) => (sideways && right(element) > innerWidth + 1) || (element.matches('.box > table') && right(element) > right(element.parentElement) + 1));
      return out.filter((element) => !out.some((other) => other !== element && element.contains(other))).slice(0, 4).map((element) => `${element.tagName} .${element.className} in .${element.parentElement?.className}`);
    });
    const faults = await tab.locator('[role="alert"]').allTextContents();
    // A list of ten thousand rows is higher than a picture can be.
    const fullPage = await tab.evaluate(() => document.documentElement.scrollHeight < 6000);
    if (pictures) await tab.screenshot({ path: join(pictures, `${name}.png`), fullPage });
    // What passes is nobody's to read, and would come along node by node: it takes longer than the page does.
    const violations = await tab.evaluate(`(async () => { const module = undefined, exports = undefined; ${axe}; return (await axe.run(document, { resultTypes: ['violations'], selectors: false })).violations; })()`);
    // What is drawn in the place of what is not there, by its kind or its reason.
    const absent = await tab.evaluate(() => [...new Set([...document.querySelectorAll('[data-reason], [data-absence]')].map((one) => one.dataset.reason ?? one.dataset.absence))]);
    seen.push({
      name,
      title,
      crumb,
      absent,
      sideways,
      faults,
      problems: tab.problems,
      violations: violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`),
    });
    await tab.close();
  }
  return seen;
});
