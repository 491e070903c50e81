// Reads what hidden events reached several things of one name by, on the timeline of a company: node alike.mjs BROWSER PAGE COMPANY
import { open, run, settle } from './browser.mjs';

const [chromium, page, company] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SERVICE' } });
  await tab.goto(`${page}#/accounts/${company}?tab=timeline&timeline=HIDDEN_EVENT`);
  await settle(tab);
  const came = await tab.locator('main p', { hasText: /It came by .*\d contracts/ }).evaluateAll((all) => all.map((one) => ({ text: one.innerText, links: [...one.querySelectorAll('a')].map((link) => ({ text: link.innerText, to: link.hash })) })));
  return { came, problems: tab.problems };
});
