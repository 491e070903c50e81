// Reads what pictures say, and what their lists say of the same place: node twins.mjs CHROMIUM PAGE TWINS.json
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list] = process.argv.slice(2);

/** The words below what a selector finds; texts that stand beside each other are not one. */
const texts = (tab, selector) =>
  tab.locator(selector).evaluateAll((elements) =>
    elements.flatMap((element) => {
      const words = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) words.push(...walker.currentNode.data.split(/\s+/));
      return words.filter(Boolean);
    }),
  );

await run(chromium, async (browser) => {
  const seen = [];
  for (const { name, hash, purpose, employee } of JSON.parse(readFileSync(list, 'utf8'))) {
    const tab = await open(browser, { session: { purpose, employee } });
    const at = async (view) => {
      await tab.goto('about:blank');
      await tab.goto(`${page}${hash}${hash.includes('?') ? '&' : '?'}view=${view}`);
      await settle(tab);
    };
    await at('picture');
    const drawn = (await texts(tab, 'main svg:not(.i) text')).filter((word) => /^\d[\d,.]*$/.test(word));
    const named = await tab.locator('main figure .name, main .picture .name').allTextContents();
    await at('list');
    const told = (await texts(tab, 'main')).join(' ');
    seen.push({ name, drawn, named, told, problems: tab.problems });
    await tab.context().close();
  }
  return seen;
});
