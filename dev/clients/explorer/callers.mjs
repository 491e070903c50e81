// Signs in with a token, opens somebody whom it found, writes what cannot be sent, and has a list be sent away; signs out before it is asked again, and in
// with the token of somebody else: node callers.mjs BROWSER PAGE TOKEN OTHER WORDS
// It tells what was asked with the first token after that, and where the words are, and what was written, in the page, in what the browser keeps, and in the way.
import { open, run, settle } from './browser.mjs';

const [chromium, page, token, other, words] = process.argv.slice(2);
const written = 'What nobody else is to read';

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' } });
  const signIn = async (by) => {
    await tab.getByLabel('Token').fill(by);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.locator('.shell').waitFor();
    await settle(tab);
  };
  await tab.goto(page);
  await settle(tab);
  tab.problems.length = 0; // that nobody was signed in
  await signIn(token);
  await tab.keyboard.press('/');
  await tab.keyboard.type(words);
  await tab.getByRole('option').first().filter({ hasText: words }).waitFor();
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => location.hash.startsWith('#/customers/'));
  await settle(tab);
  await tab.keyboard.press('/');
  await tab.getByRole('option', { name: words }).waitFor();
  const recent = await tab.getByRole('option').count();
  await tab.keyboard.press('Escape');

  const refusal = (status) => ({ status, contentType: 'application/json', headers: { 'Retry-After': '5' }, body: '{"errors":[{"message":"ask again later","extensions":{"code":"OVERLOADED"}}]}' });
  let sent = 0;
  let cases = 0;
  await tab.route('**/graphql', (route) => {
    const { query = '' } = route.request().postDataJSON() ?? {};
    if (/^\s*mutation\b/.test(query)) return ++sent && route.abort();
    if (/^\s*query Cases\b/.test(query)) return ++cases && route.fulfill(refusal(503));
    if (/^\s*query Reachable\b/.test(query)) return route.abort();
    return route.continue();
  });
  await tab.keyboard.press('l');
  const dialog = tab.getByRole('dialog');
  await dialog.getByLabel('What was said').fill(written);
  await dialog.getByLabel('Who took part').fill('Hanneke');
  await tab.getByRole('option', { name: 'Hanneke' }).first().click();
  await dialog.getByRole('button', { name: 'Log the call' }).click();
  const unsent = await tab.locator('.unsaved-one').innerText();
  await tab.getByRole('link', { name: 'Cases' }).first().click();
  for (let i = 0; i < 300 && cases === 0; i++) await tab.waitForTimeout(100);
  await tab.getByRole('button', { name: 'Sign out' }).first().click();
  await tab.getByLabel('Token').waitFor();
  const later = [];
  tab.on('request', (request) => request.headers().authorization === `Bearer ${token}` && later.push(request.postData()));
  const out = await tab.locator('body').innerText();
  await tab.unroute('**/graphql');
  tab.problems.length = 0;
  await tab.waitForTimeout(7_000); // what waits would have been asked again
  await signIn(other);
  await tab.keyboard.press('/');
  await tab.getByRole('dialog').waitFor();
  await settle(tab);
  const found = await tab.getByRole('dialog').getByRole('option').allInnerTexts(); // where nothing is found, one says so;
  const shown = await tab.locator('body').innerText();
  const kept = await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  return { recent, unsent, sent, cases, later, out, found, shown, leaked: [written, words, token].filter((one) => (out + kept).includes(one) || (one !== words && shown.includes(one))), problems: tab.problems };
});
