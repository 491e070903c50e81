// Walks through views with the Tab key, down and up again: node tabs.mjs BROWSER PAGE VIEWS.json
// Of each it tells how many things had the focus, how far the page was scrolled for it, and which of them something lay over.
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list] = process.argv.slice(2);

/** What has the focus, and what lies over it: it runs on the page. Null: the walk is over. */
function focusOf() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const named = (one) => (one ? `${one.tagName.toLowerCase()} .${one.getAttribute('class') ?? ''} “${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 40)}”` : 'nothing');
  // What is for ears alone shows its focus on what it is beside.
  const shown = element.closest('.sr, [role="presentation"]')?.parentElement ?? element;
  // As much of each of its lines as what scrolls around it shows: the corners and the middle.
  const over = [];
  let pieces = 0;
  for (let { left, top, right, bottom } of shown.getClientRects()) {
    for (let at = shown.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const box = at.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    [left, right] = [Math.max(0, left), Math.min(innerWidth, right)];
    if (right - left < 5 || bottom - top < 5) continue;
    pieces++;
    // What is higher than there is room for begins where it can be seen.
    if (bottom - top > innerHeight / 2) bottom = top + 5;
    for (const [x, y] of [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]]) {
      const hit = document.elementFromPoint(x, y);
      // What it is in may be hit through a rounded corner; what is beside it lies over it.
      if (!hit || !(shown.contains(hit) || hit.contains(shown))) over.push(`${named(hit)} at ${Math.round(x)}, ${Math.round(y)}`);
    }
  }
  if (pieces === 0) over.push('what scrolls');
  return { name: named(element), over, scrolled: scrollY, inMain: document.querySelector('main').contains(element) };
}

await run(chromium, async (browser) => {
  const seen = [];
  for (const { name, hash, purpose, employee, width, height } of JSON.parse(readFileSync(list, 'utf8'))) {
    const tab = await open(browser, { width, height, session: { purpose, employee } });
    await tab.goto(page + hash);
    await settle(tab);
    const walk = { name, below: 0, scrolled: 0, covered: [] };
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let presses = 0; presses < 140; presses++) {
        await tab.keyboard.press(key);
        const focus = await tab.evaluate(focusOf);
        if (!focus) break;
        if (focus.inMain) walk.below++;
        walk.scrolled = Math.max(walk.scrolled, focus.scrolled);
        if (focus.over.length) walk.covered.push(`${key} ${presses}: ${focus.name} is below ${focus.over.join(', ')}`);
      }
    }
    seen.push({ ...walk, problems: tab.problems });
    await tab.close();
  }
  return seen;
});
