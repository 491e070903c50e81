// Reads the tables and lists of places, and what their pictures say: node tables.mjs BROWSER PAGE PLACES.json
// Of each place it tells every table by its caption, as rows of cells, those in folds, too, and what drawings say of themselves; of places with pictures
// the list is read, then the numbers and names that the pictures draw, and what marks in them say of themselves; how wide the widest is, where cards of a map
// stand and how many lines it has, and which files were loaded for that.
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

const tablesOf = (tab) =>
  tab.locator('main table').evaluateAll((all) => {
    const text = (element) => {
      const words = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) words.push(walker.currentNode.data);
      return words.join(' ').replace(/\s+/g, ' ').trim();
    };
    return all.map((table) => ({ caption: table.caption ? text(table.caption) : (table.ariaLabel ?? ''), rows: [...table.rows].map((row) => [...row.cells].map(text)) }));
  });

const labels = (tab) => tab.locator('main svg[aria-label], main svg [aria-label]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

await run(chromium, async (browser) => {
  const seen = [];
  const shared = new Map();
  for (const { name, hash, purpose, employee, pictures } of JSON.parse(readFileSync(list, 'utf8'))) {
    const tab = await open(browser, { session: { purpose, employee }, shared });
    const files = [];
    tab.on('request', (request) => files.push(request.url()));
    const at = async (view) => {
      await tab.goto('about:blank');
      await tab.goto(`${page}${hash}${view ? `${hash.includes('?') ? '&' : '?'}view=${view}` : ''}`);
      await settle(tab);
    };
    await at(pictures ? 'list' : '');
    const told = { name, files, tables: await tablesOf(tab), labels: await labels(tab), told: (await texts(tab, 'main')).join(' ') };
    if (pictures) {
      await at('picture');
      told.drawn = (await texts(tab, 'main svg:not(.i) text')).filter((word) => /^\d[\d,.]*$/.test(word));
      told.named = await tab.locator('main figure .name, main .picture .name').allTextContents();
      told.labels = await labels(tab);
      Object.assign(
        told,
        await tab.evaluate(() => {
          const place = (element) => (({ x, y, width, height }) => ({ x, y, width, height }))(element.getBoundingClientRect());
          return {
            width: Math.max(0, ...[...document.querySelectorAll('main .picture > svg')].map((one) => place(one).width)),
            cards: [...document.querySelectorAll('.map-card .map-ground')].map(place),
            lines: document.querySelectorAll('.map-line .map-stroke').length,
          };
        }),
      );
    }
    seen.push({ ...told, problems: tab.problems });
    await tab.close();
  }
  return seen;
});
