// Reads what pictures say, and what their lists say of the same place: node twins.mjs CHROMIUM PAGE TWINS.json
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list] = process.argv.slice(2);

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
    const drawn = await tab.locator('main svg:not(.i) text').allTextContents();
    const named = await tab.locator('main figure .name, main .picture .name').allTextContents();
    await at('list');
    // Texts stand apart, as they do on the page.
    const told = await tab.evaluate(() => {
      const texts = [];
      const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push(walker.currentNode.data);
      return texts.join(' ').replace(/\s+/g, ' ');
    });
    seen.push({ name, drawn: drawn.flatMap((text) => text.split(/\s+/)).filter((word) => /^\d[\d,.]*$/.test(word)), named, told, problems: tab.problems });
    await tab.context().close();
  }
  return seen;
});
