// Scrolls a list of many deals, and narrows it to one row and to none: node rows.mjs BROWSER PAGE
import { open, run, settle } from './browser.mjs';

const [chromium, page] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' } });
  const list = async (where) => {
    await tab.goto('about:blank');
    await tab.goto(`${page}#/deals?sort=name.ASC&where=close.between.2031-01-01,2031-01-01${where}`);
    await settle(tab);
  };
  const grid = tab.getByRole('grid');
  let drawn = 0;
  /** The name in a row, once it is there. */
  const name = async (at) => {
    const link = tab.locator(`#row-${at} .list-link`).first();
    await link.waitFor();
    drawn = Math.max(drawn, await grid.locator('tbody tr').count());
    return link.innerText();
  };
  await list('');
  const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const sums = (await tab.locator('.list-totals .sums > span').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  await grid.focus();
  const first = await name(0);
  await tab.keyboard.press('End');
  const last = await name(rows - 1);
  await tab.keyboard.press('Home');
  await name(0);
  // Without keys, to where neither end has been asked for.
  await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 20));
  const middle = await name(rows / 20);
  await list(';amount.gte.10000,CHF');
  const one = await tab.locator('tbody .list-link').first().innerText();
  const ones = Number(await grid.getAttribute('aria-rowcount')) - 1;
  await list(';amount.gte.10001,CHF');
  await tab.locator('.nothing .culprit').first().waitFor(); // what excludes all is told once it has been asked
  return { rows, drawn, first, middle, last, sums, one: `${ones}: ${one}`, none: await tab.locator('.nothing h2').innerText(), problems: tab.problems };
});
