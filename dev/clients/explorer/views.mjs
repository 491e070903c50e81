// Looks at views of the explorer: node views.mjs BROWSER PAGE VIEWS.json [PICTURES]
// Of each it tells what axe finds, whether it scrolls sideways or texts lie on each other, there and at further widths, what the browser minds, and keeps a
// picture where a folder is named.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with where things stand on the page: it runs there. */
function layoutOf() {
  const named = (element) => `${element.tagName.toLowerCase()} .${element.getAttribute('class') ?? ''} in .${element.parentElement?.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 40)}”`;
  // What sticks out on the right, innermost first, of the page where that is not to be scrolled sideways, and tables of their box.
  const sideways = document.documentElement.scrollWidth > innerWidth;
  const right = (element) => element.getBoundingClientRect().right;
  const out = [...document.querySelectorAll('body *')].filter((element) => (sideways && right(element) > innerWidth + 1) || (element.matches('.box > table') && right(element) > right(element.parentElement) + 1));
  const faults = out.filter((element) => !out.some((other) => other !== element && element.contains(other))).slice(0, 4).map((element) => `${named(element)} sticks out on the right`);
  // Texts that lie on each other. What floats over the page, what is for ears alone, and what a picture shows that they are told otherwise, may.
  const over = (element) => element.closest('.sr, [aria-hidden="true"]') !== null;
  const floats = (element) => {
    for (let at = element; at; at = at.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  const pieces = [];
  const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === '' || over(element) || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || floats(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (let { left, top, right, bottom } of range.getClientRects()) {
      // As much of it as can be seen.
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflow === 'visible') continue;
        const box = at.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      if (right - left > 2 && bottom - top > 4) pieces.push({ element, left, top, right, bottom });
    }
  }
  pieces.sort((a, b) => a.top - b.top);
  for (let i = 0; i < pieces.length && faults.length < 8; i++) {
    const a = pieces[i];
    for (let j = i + 1; j < pieces.length && pieces[j].top < a.bottom; j++) {
      const b = pieces[j];
      if (a.element === b.element) continue;
      // Lines may be closer than letters are high.
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - b.top];
      if (wide > 3 && high > 6) faults.push(`${named(a.element)} lies on ${named(b.element)}`);
    }
  }
  return faults;
}

await run(chromium, async (browser) => {
  const seen = [];
  const shared = new Map();
  for (const { name, hash, purpose, employee, width, height, scheme, token, keys = [], widths = [] } of JSON.parse(readFileSync(list, 'utf8'))) {
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
    await settle(tab);
    const title = await tab.evaluate(() => document.querySelector('h1')?.textContent ?? '');
    const crumb = await tab.evaluate(() => document.querySelector('.crumb')?.textContent ?? '');
    const layout = await tab.evaluate(layoutOf);
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
      layout,
      faults,
      problems: tab.problems,
      violations: violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`),
    });
    for (const between of widths) {
      await tab.setViewportSize({ width: between, height });
      await settle(tab);
      layout.push(...(await tab.evaluate(layoutOf)).map((fault) => `${between}: ${fault}`));
      if (pictures) await tab.screenshot({ path: join(pictures, `${name.replace(/-1440$/, '')}-${between}.png`), fullPage });
    }
    await tab.close();
  }
  return seen;
});
