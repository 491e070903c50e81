// Signs in at the issuer for what the token does not name, goes on for what it does, searches for something until the token has been renewed, goes on with
// that, sleeps past the end of the token, opens a list before the next one is there, and signs out while it is renewed: node sign-in.mjs BROWSER PAGE ISSUER
import { open, run, settle } from './browser.mjs';

const [chromium, page, issuer] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SERVICE' }, clock: false });
  await tab.clock.install(); // it flows as it does, until the tab sleeps
  const tokens = new Set();
  let renewing = 0;
  tab.on('request', (request) => {
    if (request.url() === `${issuer}/token`) renewing++;
    const said = request.headers().authorization;
    if (request.url() === `${page}graphql` && said) tokens.add(said);
  });
  await tab.goto(`${page}#/what-may-be-seen`);
  await tab.getByRole('button', { name: 'Sign in at' }).click();
  await tab.locator('input[name=login]').fill('mia@example');
  await tab.locator('input[name=password]').fill('anything');
  await tab.getByRole('button', { name: 'Sign-in' }).click();
  await tab.getByRole('button', { name: 'Continue' }).click();
  const goOn = tab.getByRole('button', { name: 'Go on for Sales' });
  await goOn.waitFor();
  const offered = await tab.getByRole('button').allInnerTexts();
  await goOn.click();
  await tab.locator('.shell').waitFor();
  tab.problems.length = 0; // those before were of the issuer's pages
  await settle(tab);
  const place = tab.url();
  const first = tokens.size;
  await tab.keyboard.press('/');
  await tab.keyboard.type('Bel');
  await tab.getByRole('option').first().waitFor();
  const renewals = async () => Number(await (await fetch(`${issuer}/renewals`)).text());
  const before = await renewals();
  for (let i = 0; i < 300 && (await renewals()) === before; i++) await tab.waitForTimeout(100);
  await settle(tab);
  await tab.keyboard.type('l');
  await tab.waitForTimeout(300); // what is typed is searched for after a rest
  await settle(tab);
  const typed = await tab.locator('input:focus').inputValue();
  for (const _ of ['the words', 'the dialog']) await tab.keyboard.press('Escape');
  const kept = await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  const renewed = tokens.size;
  const title = await tab.textContent('h1');
  /** Lets a tab sleep past the end of its token, and does something while the issuer has not yet answered the renewal. */
  const sleep = async (meanwhile) => {
    let release;
    const answer = new Promise((give) => (release = give));
    await tab.route(`${issuer}/token`, async (route) => {
      await answer;
      await route.continue();
    });
    const [asked, answered] = [tab.waitForRequest(`${issuer}/token`), tab.waitForResponse(`${issuer}/token`)];
    await tab.clock.fastForward(45_000);
    await asked;
    await tab.waitForTimeout(300);
    await meanwhile();
    release();
    await (await answered).finished();
    await tab.unroute(`${issuer}/token`);
    await settle(tab);
  };
  const slept = [];
  let refused = 0;
  await sleep(async () => {
    slept.push(await tab.textContent('h1'));
    // What is asked meanwhile is refused.
    await tab.route(`${page}graphql`, (route) => {
      refused++;
      return route.fulfill({ status: 401, contentType: 'application/json', body: '{"errors":[{"message":"the token has expired","extensions":{"code":"UNAUTHENTICATED"}}]}' });
    });
    await tab.getByRole('link', { name: 'Accounts' }).first().click();
    await tab.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    for (let i = 0; i < 300 && refused === 0; i++) await tab.waitForTimeout(100);
    await tab.waitForTimeout(300); // long enough to tell of an error
    slept.push(await tab.textContent('h1'), ...(await tab.locator('[role="alert"]').allInnerTexts()));
    await tab.unroute(`${page}graphql`);
  });
  slept.push(await tab.textContent('h1'), ...(await tab.locator('[role="alert"]').allInnerTexts()));
  const rows = await tab.locator('main tbody tr').count();
  await sleep(async () => {
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('button', { name: 'Sign in at' }).waitFor();
  });
  renewing = 0;
  await tab.clock.fastForward(45_000);
  await tab.waitForTimeout(1_000);
  return {
    offered: offered.map((one) => one.trim()),
    slept,
    refused,
    rows,
    left: await tab.textContent('h1'),
    renewing,
    place,
    typed,
    title,
    first,
    renewed,
    kept,
    leaked: [...tokens].some((token) => kept.includes(token.slice('Bearer '.length))),
    problems: tab.problems.filter((problem) => !problem.includes('401')),
  };
});
