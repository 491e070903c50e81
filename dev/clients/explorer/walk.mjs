// Walks without a mouse from / to who can introduce one to the economic buyer of a deal, copies the link, and opens it for another
// purpose: node walk.mjs BROWSER PAGE EMPLOYEE WORDS BUYER
import { copied, open, run, settle } from './browser.mjs';

const [chromium, page, employee, words, buyer] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES', employee } });
  await tab.goto(page);
  await settle(tab);
  await tab.keyboard.press('/');
  await tab.keyboard.type(words);
  await tab.getByRole('option').first().filter({ hasText: words }).waitFor(); // what Enter takes is the first
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => location.hash.startsWith('#/deals/'));
  await settle(tab);

  // With the Tab key alone to the heading of the introductions.
  const introductions = tab.getByRole('region', { name: /introduce/i }).or(tab.locator('section', { has: tab.getByRole('heading', { name: /introduce/i }) }));
  await introductions.first().waitFor();
  let presses = 0;
  const inside = () => introductions.first().evaluate((section) => section.contains(document.activeElement));
  while (!(await inside()) && presses < 200) {
    await tab.keyboard.press('Tab');
    presses++;
  }
  const reached = await inside();
  // The choice of whom has the focus: letters choose.
  await tab.keyboard.type(buyer);
  await introductions.first().getByRole('heading', { name: `introduce you to ${buyer}` }).waitFor();
  await settle(tab);
  const told = await introductions.first().textContent();
  await tab.keyboard.press('Escape');
  await tab.evaluate(() => document.activeElement?.blur?.());
  const link = await copied(tab, () => tab.keyboard.press('y'));

  const other = await open(browser, { session: { purpose: 'MARKETING' } });
  await other.goto(link);
  await settle(other);
  return {
    reached,
    presses,
    told,
    link,
    title: await other.textContent('h1'),
    shown: await other.textContent('main'),
    problems: [...tab.problems, ...other.problems],
  };
});
