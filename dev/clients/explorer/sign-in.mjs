// Signs in at the issuer for what the token does not name, goes on for what it does, searches for something until the token has been renewed, goes on with
// that, sleeps past the end of the token, and opens a list before the next one is there. Then a list is sent away and waits to be asked again: while the
// token ends and is not renewed, and while somebody signs out, as the token is renewed: node sign-in.mjs BROWSER PAGE ISSUER
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
  // The network is cut until after the token has ended: she stays who she is, and goes on once it is back.
  await tab.context().setOffline(true);
  await tab.locator('.offline').waitFor();
  const failed = tab.waitForEvent('requestfailed', (request) => request.url() === `${issuer}/token`);
  await tab.clock.fastForward(45_000);
  await failed;
  await settle(tab);
  const cut = [await tab.textContent('h1'), await tab.locator('main tbody tr').count()];
  await tab.context().setOffline(false);
  await tab.locator('.offline').waitFor({ state: 'detached' });
  await tab.getByRole('link', { name: 'Customers' }).first().click();
  await tab.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
  await tab.locator('main tbody .list-link').first().waitFor();
  await settle(tab);
  cut.push(await tab.textContent('h1'), await tab.locator('[role="alert"]').count());
  const signIn = tab.getByRole('button', { name: 'Sign in at' });
  /** Has a list be sent away, and its caller go before it is asked again: by which tokens was asked since, and what is left of her. */
  const gone = async (list, goes) => {
    const later = [];
    let times = 0;
    let send;
    const held = new Promise((give) => (send = give));
    await tab.route(`${page}graphql`, async (route) => {
      if (!new RegExp(`^\\s*query ${list}\\b`).test(route.request().postDataJSON()?.query ?? '')) return route.continue();
      times++;
      await held;
      return route.fulfill({ status: 503, contentType: 'application/json', headers: { 'Retry-After': '8' }, body: '{"errors":[{"message":"ask again later","extensions":{"code":"OVERLOADED"}}]}' });
    });
    await tab.getByRole('link', { name: list }).first().click();
    for (let i = 0; i < 300 && times === 0; i++) await tab.waitForTimeout(100);
    await goes(async () => {
      const refused = tab.waitForResponse((response) => response.url() === `${page}graphql` && response.status() === 503);
      send();
      await refused;
      await tab.waitForTimeout(200);
    });
    await signIn.waitFor();
    tab.on('request', (request) => request.url() === `${page}graphql` && later.push(request.headers().authorization ?? 'nobody'));
    await tab.clock.fastForward(15_000);
    await tab.waitForTimeout(500);
    await tab.unroute(`${page}graphql`);
    return { times, later: later.filter((one) => one !== 'nobody'), rows: await tab.locator('tbody tr').count(), text: await tab.locator('body').innerText() };
  };
  const ended = await gone('Deals', async (sendAway) => {
    await tab.route(`${issuer}/token`, (route) => route.fulfill({ status: 400, headers: { 'Access-Control-Allow-Origin': '*' }, json: { error: 'invalid_grant' } }));
    await tab.clock.fastForward(31_000); // it is to be renewed, and ends before the list is asked again
    await sendAway();
    for (let i = 0; i < 14 && !(await signIn.isVisible()); i++) {
      await tab.clock.fastForward(500);
      await tab.waitForTimeout(100);
    }
  });
  await tab.unroute(`${issuer}/token`);
  const here = tab.url();
  await signIn.click();
  await tab.locator('.shell').waitFor();
  await settle(tab);
  const back = [here, tab.url()];
  await tab.getByRole('link', { name: 'Accounts' }).first().click();
  await settle(tab);
  let left;
  await sleep(async () => {
    left = await gone('Cases', async (sendAway) => {
      await sendAway();
      await tab.getByRole('button', { name: 'Sign out' }).click();
    });
  });
  renewing = 0;
  await tab.clock.fastForward(45_000);
  await tab.waitForTimeout(1_000);
  return {
    offered: offered.map((one) => one.trim()),
    slept,
    refused,
    rows,
    cut,
    left: await tab.textContent('h1'),
    ended,
    back,
    signedOut: left,
    renewing,
    place,
    typed,
    title,
    first,
    renewed,
    kept,
    leaked: [...tokens].some((token) => kept.includes(token.slice('Bearer '.length))),
    problems: tab.problems.filter((problem) => !/40[01]|503|ERR_INTERNET_DISCONNECTED/.test(problem)),
  };
});
