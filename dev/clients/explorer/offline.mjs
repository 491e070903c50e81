// Has the server away, and then the network, while a page is open: node offline.mjs BROWSER PAGE SWITCHES
// The server stops and starts where SWITCHES says. Of each state it tells what the page says of it, errors in it, and how many rows its list has.
import { open, run, settle } from './browser.mjs';

const [chromium, page, switches] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' } });
  const frame = tab.getByRole('navigation', { name: 'Main' }).first();
  const banner = tab.locator('.offline');
  /** How many rows the list has, of which those near the window alone are drawn. */
  const rows = async (of = tab) => ((await of.getByRole('grid').count()) === 0 ? 0 : Number(await of.getByRole('grid').getAttribute('aria-rowcount')) - 1);
  const state = async () => ({
    said: (await banner.allInnerTexts()).join(),
    fault: (await tab.locator('main [role="alert"]').allInnerTexts()).join(),
    rows: await rows(),
  });
  const to = (name) => frame.getByRole('link', { name, exact: true }).click();
  await tab.goto(`${page}#/accounts`);
  await settle(tab);
  const before = await rows();

  await fetch(`${switches}/stop`);
  await to('Cases');
  await banner.waitFor();
  await tab.locator('main [role="alert"]').first().waitFor();
  const away = await state();
  await to('Accounts');
  await tab.getByRole('heading', { level: 1, name: /^Accounts/ }).waitFor();
  await settle(tab);
  const kept = await state();
  await to('Cases');
  await tab.locator('main [role="alert"]').first().waitFor();
  await fetch(`${switches}/start`);
  await banner.waitFor({ state: 'detached' });
  await tab.locator('main tbody tr:has(a)').first().waitFor();
  await settle(tab);
  const back = await state();

  await tab.context().setOffline(true);
  await banner.waitFor();
  const without = await state();
  await tab.context().setOffline(false);
  await banner.waitFor({ state: 'detached' });
  await settle(tab);
  const again = await state();
  // What is read of the list where it was never away.
  const other = await open(browser, { session: { purpose: 'SALES' } });
  await other.goto(`${page}#/cases`);
  await settle(other);
  const read = await rows(other);
  return { before, away, kept, back, without, again, read, problems: [...tab.problems, ...other.problems].filter((problem) => !/ERR_(CONNECTION|INTERNET|EMPTY|SOCKET)/.test(problem)) };
});
