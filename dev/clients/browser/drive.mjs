// Uses the page as somebody would, in the browser of all tests: node drive.mjs PAGE ADDRESS
import { chromium } from 'playwright-core';

const [page = '', address = ''] = process.argv.slice(2);
const browser = await chromium.connect(address);
const tab = await browser.newPage();
const problems = [];
try {
  tab.on('console', (m) => m.type() === 'error' && problems.push(m.text()));
  tab.on('pageerror', (e) => problems.push(String(e)));
  await tab.goto(page);
  const said = tab.locator('#said:not(:empty)');
  await tab.locator('#customers li').nth(2).or(said).first().waitFor();
  if (await said.count()) throw new Error('the page tells of an error');
  await tab.click('#more');
  await tab.locator('#customers li').nth(5).waitFor();
  await tab.fill('[name=text]', 'She rang from another page');
  await tab.click('#call button');
  await said.waitFor();
  console.log(
    JSON.stringify({
      who: await tab.textContent('#who'),
      customers: await tab.locator('#customers li').allTextContents(),
      said: await tab.textContent('#said'),
      notes: await tab.evaluate(() => globalThis.notes),
      problems,
    }),
  );
} catch (error) {
  console.error(error.message, await tab.textContent('#said'), problems);
  process.exitCode = 1;
} finally {
  await browser.close();
}
