// Signs in at the issuer for what the token does not name, goes on for what it does, searches for something until the token has been renewed, goes on with
// that, sleeps past the end of the token, and opens a list before the next one is there. Then a list is sent away and waits to be asked again: while the
// token ends and is not renewed, and while somebody signs out, as the token is renewed: node sign-in.mjs BROWSER PAGE ISSUER
import { idle, open, run, settle, until } from './browser.mjs';

const [chromium, page, issuer] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SERVICE' }, clock: {} }); // it flows as it does, until the tab sleeps
  // How long the page means to wait, of what lasts for seconds.
  await tab.addInitScript(() => {
    window.waits = [];
    const after = setTimeout;
    window.setTimeout = (act, wait, ...more) => {
      if (wait >= 8_000) window.waits.push(wait);
      return after(act, wait, ...more);
    };
  });
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
  await until('the token to be renewed', async () => (await renewals()) > before);
  await settle(tab);
  await tab.keyboard.type('l');
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
    await settle(tab, { but: `${issuer}/token` }); // it has been told of the end of its token
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
    const told = tab.waitForResponse((response) => response.url() === `${page}graphql` && response.status() === 401);
    await tab.getByRole('link', { name: 'Accounts' }).first().click();
    await tab.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    await (await told).finished();
    await idle(tab); // it would have told of an error
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
  // An issuer that cannot answer is asked again, and not each second.
  let unable = 0;
  await tab.route(`${issuer}/token`, (route) => {
    unable++;
    return route.fulfill({ status: 503, headers: { 'Access-Control-Allow-Origin': '*' }, json: { error: 'temporarily_unavailable' } });
  });
  const pass = async (seconds) => {
    for (let i = 0; i < seconds; i++) {
      await tab.clock.fastForward(1_000);
      await settle(tab);
    }
    return unable;
  };
  await tab.clock.fastForward(45_000);
  await until('the issuer to be asked', () => unable > 0);
  await pass(2);
  const asked = unable;
  const soon = (await pass(4)) - asked;
  const rested = { asked: asked, soon, later: (await pass(60)) - asked - soon };
  await tab.unroute(`${issuer}/token`);
  const able = tab.waitForResponse(`${issuer}/token`);
  await pass(31);
  await (await able).finished();
  await settle(tab);
  rested.title = await tab.textContent('h1');
  const signIn = tab.getByRole('button', { name: 'Sign in at' });
  /** Has a list be sent away, and its caller go before it is asked again: what is asked by her tokens from then on, and what is left of her. */
  const gone = async (list, goes, but) => {
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
    await until(`${list} to be asked for`, () => times > 0);
    await goes(async () => {
      await tab.evaluate(() => (window.waits = [])); // the issuer is given up after ten seconds: that wait is another
      send();
      await until(`${list} to wait`, () => tab.evaluate(() => window.waits.some((wait) => wait < 10_000)));
    });
    await signIn.waitFor();
    const hers = new Set(tokens);
    const later = []; // until the end, whoever signs in meanwhile
    tab.on('request', (request) => request.url() === `${page}graphql` && hers.has(request.headers().authorization) && later.push(request.postData()));
    const before = renewing;
    await tab.clock.fastForward(15_000);
    await settle(tab, { but });
    await tab.unroute(`${page}graphql`);
    return { times, later, renewing: renewing - before, rows: await tab.locator('tbody tr').count(), text: await tab.locator('body').innerText() };
  };
  const ended = await gone('Deals', async (sendAway) => {
    let ends = false;
    await tab.route(`${issuer}/token`, (route) => {
      ends = true;
      return route.fulfill({ status: 400, headers: { 'Access-Control-Allow-Origin': '*' }, json: { error: 'invalid_grant' } });
    });
    const refused = tab.waitForResponse(`${issuer}/token`);
    await until('the token to be renewed', async () => {
      await tab.clock.fastForward(500);
      await idle(tab);
      return ends;
    });
    await (await refused).finished();
    // Half a minute is left then. The clock stands until the list waits, and the token ends before the list is asked again.
    await tab.clock.pauseAt((await tab.evaluate(() => Date.now())) + 23_000);
    await sendAway();
    await tab.clock.resume();
    await until('the token to end', async () => {
      await tab.clock.fastForward(500);
      await idle(tab);
      return signIn.isVisible();
    });
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
    }, `${issuer}/token`);
  });
  renewing = 0;
  await tab.clock.fastForward(45_000);
  await settle(tab);
  return {
    offered: offered.map((one) => one.trim()),
    slept,
    refused,
    rows,
    cut,
    rested,
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
