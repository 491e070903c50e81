// Signs in with a token, chooses whose work is shown, opens somebody whom it found, changes her job, searches a list and names what it shows, saves that as a
// file, writes what cannot be sent, and has a list be sent away; signs out before all of that has come, and in with the token of somebody else. Then the token
// is refused for what is written in a form, and each of them signs in again: node callers.mjs BROWSER PAGE TOKEN OTHER WORDS
// It tells what was asked with the first token after that, and where the words are, and what was written, in the page, in what the browser keeps, and in the way.
import { now, open, run, settle, until } from './browser.mjs';

const [chromium, page, token, other, words] = process.argv.slice(2);
const written = 'What nobody else is to read';
const named = 'Nobody else is to know this view';
const searched = 'Extension';

await run(chromium, async (browser) => {
  const tab = await open(browser, { toasts: 'stay', session: { purpose: 'SALES' }, clock: { time: now } });
  const dialog = tab.getByRole('dialog');
  const to = async (name) => {
    await tab.getByRole('link', { name, exact: true }).first().click();
    await settle(tab);
  };
  const signIn = async (by) => {
    await tab.getByLabel('Token').fill(by);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.locator('.shell').waitFor();
    await settle(tab);
  };
  const condition = async (word, say) => {
    await tab.keyboard.press('f');
    await tab.keyboard.type(word);
    await tab.getByRole('option', { name: word, exact: true }).click();
    await say();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await settle(tab);
  };
  const log = async () => {
    await tab.keyboard.press('l');
    await dialog.getByLabel('What was said').fill(written);
    await dialog.getByLabel('Who took part').fill('Hanneke');
    await tab.getByRole('option', { name: 'Hanneke' }).first().click();
    await dialog.getByRole('button', { name: 'Log the call' }).click();
  };
  await tab.goto(page);
  await settle(tab);
  tab.problems.length = 0; // that nobody was signed in
  await signIn(token);
  await tab.locator('.person-choice').first().click();
  await tab.getByRole('heading', { level: 1, name: 'Your open deals' }).waitFor();
  await settle(tab);
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
  await tab.getByRole('button', { name: 'More for this person' }).click();
  await tab.getByRole('menuitem', { name: 'Change the job' }).click();
  await dialog.getByText('A job ends', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Change the job' }).click();
  await tab.locator('.toast', { hasText: 'Job ended' }).getByRole('button', { name: 'Undo' }).waitFor();
  await settle(tab);

  await to('Deals');
  await condition('Name', () => dialog.getByRole('textbox').fill(searched));
  await condition('Stage', async () => {
    for (const stage of ['Negotiation', 'Proposal', 'Won', 'Lost']) await dialog.getByLabel(stage, { exact: true }).check();
  });
  const conditions = await tab.locator('.condition').count();
  await tab.getByRole('button', { name: 'Save this view' }).click();
  await dialog.getByLabel('Name of the view').fill(named);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const views = await tab.getByRole('navigation', { name: 'Views' }).innerText();
  const downloads = [];
  tab.on('download', (download) => downloads.push(download.suggestedFilename()));
  let release;
  const gone = new Promise((give) => (release = give));
  let exported = 0;
  await tab.route('**/v1/export**', async (route) => {
    exported++;
    await gone;
    await route.fulfill({ contentType: 'text/csv', body: `id\n${words}\n` }).catch(() => undefined); // nobody waits for it any more
  });
  await tab.getByRole('button', { name: 'CSV', exact: true }).click();
  await until('the file to be asked for', () => exported > 0);

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
  await log();
  const unsent = await tab.locator('.unsaved-one').innerText();
  await tab.getByRole('link', { name: 'Cases' }).first().click();
  await until('the list to be asked for', () => cases > 0);
  const told = await tab.locator('.toasts').innerText();
  await tab.getByRole('button', { name: 'Sign out' }).first().click();
  await tab.getByLabel('Token').waitFor();
  const later = [];
  tab.on('request', (request) => request.headers().authorization === `Bearer ${token}` && later.push(request.postData()));
  const out = await tab.locator('body').innerText();
  await tab.unroute('**/graphql');
  release();
  tab.problems.length = 0;
  await signIn(other);
  await tab.clock.fastForward(7_000); // what waits would have been asked again
  await settle(tab);
  await tab.keyboard.press('/');
  await dialog.waitFor();
  await settle(tab);
  const found = await dialog.getByRole('option').allInnerTexts(); // where nothing is found, one says so;
  await tab.keyboard.press('Escape');
  let shown = await tab.locator('body').innerText();
  await to('Deals');
  const left = await tab.locator('.condition').count();
  shown += await tab.locator('body').innerText();
  await to('Home');
  const whose = await tab.locator('h1').innerText();
  shown += await tab.locator('body').innerText();
  const kept = await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  const { employee } = await tab.evaluate(() => JSON.parse(sessionStorage.getItem('kith')));
  const asked = [...later];

  // A token ends while something is written: who wrote it goes on with it, and nobody else does.
  await tab.route('**/graphql', (route) => {
    const { query = '' } = route.request().postDataJSON() ?? {};
    if (!/^\s*mutation\b/.test(query)) return route.continue();
    return route.fulfill({ status: 401, contentType: 'application/json', body: '{"errors":[{"message":"the token has expired","extensions":{"code":"UNAUTHENTICATED"}}]}' });
  });
  const refused = async () => {
    await dialog.getByRole('alert').getByRole('button', { name: 'Sign in' }).click();
    await tab.getByLabel('Token').waitFor();
  };
  await log();
  await refused();
  await signIn(other);
  await dialog.getByLabel('What was said').waitFor();
  const goesOn = { text: await dialog.getByLabel('What was said').inputValue(), alerts: await dialog.getByRole('alert').allInnerTexts() };
  await dialog.getByRole('button', { name: 'Log the call' }).click();
  await refused();
  await signIn(token);
  const others = await dialog.count();
  return {
    recent, conditions, views, exported, told, unsent, sent, cases, later: asked, out, found, shown, left, whose, employee, downloads, goesOn, others,
    leaked: [written, words, token, named].filter((one) => (out + kept).includes(one) || (one !== words && shown.includes(one))),
    problems: tab.problems.filter((problem) => !problem.includes('401')),
  };
});
