// Reads the tables and lists of places: node tables.mjs CHROMIUM PAGE PLACES.json
// Of each place it tells every table by its caption, as rows of cells, those in folds, too.
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const seen = [];
  for (const { name, hash, purpose, employee } of JSON.parse(readFileSync(list, 'utf8'))) {
    const tab = await open(browser, { session: { purpose, employee } });
    await tab.goto(page + hash);
    await settle(tab);
    const tables = await tab.locator('main table').evaluateAll((all) => {
      const text = (element) => {
        const words = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) words.push(walker.currentNode.data);
        return words.join(' ').replace(/\s+/g, ' ').trim();
      };
      return all.map((table) => ({ caption: table.caption ? text(table.caption) : '', rows: [...table.rows].map((row) => [...row.cells].map(text)) }));
    });
    seen.push({ name, tables, problems: tab.problems });
    await tab.context().close();
  }
  return seen;
});
