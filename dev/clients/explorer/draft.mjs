// Writes in a form, and is asked to sign in at the issuer before it is sent: what she wrote is there when she comes back. She sends it, writes and lets it go,
// is refused by the issuer and does not reach it, signs out, and writes what another one, who signs in then, is not to find: node draft.mjs BROWSER PAGE ISSUER THEIRS OURS
import { now, open, run, settle, until } from './browser.mjs';

const [chromium, page, issuer, theirs, ours] = process.argv.slice(2);
const written = 'What nobody else is to read';

await run(chromium, async (browser) => {
  const tab = await open(browser, { toasts: 'stay', session: { purpose: 'SALES' }, clock: { time: new Date(now - 600_000) } }); // what is logged has passed
  // What the tab keeps as a page of ours begins: that of the way, before anything has taken it.
  await tab.addInitScript(() => {
    if (location.protocol !== 'about:') window.found = JSON.stringify({ ...sessionStorage });
  });
  const tokens = new Set();
  tab.on('request', (request) => {
    const said = request.headers().authorization;
    if (said) tokens.add(said.slice('Bearer '.length));
  });
  const dialog = tab.getByRole('dialog');
  const text = dialog.getByLabel('What was said');
  const signIn = tab.getByRole('button', { name: 'Sign in at' });
  const kept = () => tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  const arrive = async () => {
    await tab.locator('.shell').waitFor();
    await settle(tab);
  };
  const as = async (login) => {
    await signIn.click();
    await tab.locator('input[name=login]').fill(login);
    await tab.locator('input[name=password]').fill('anything');
    await tab.getByRole('button', { name: 'Sign-in' }).click();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await arrive();
  };
  /** Has her session end, as the issuer renews it no more. */
  const end = async () => {
    await tab.route(`${issuer}/token`, (route) => route.fulfill({ status: 400, headers: { 'Access-Control-Allow-Origin': '*' }, json: { error: 'invalid_grant' } }));
    await until('the session to end', async () => {
      await tab.clock.fastForward(2_000);
      await settle(tab);
      return signIn.isVisible();
    });
    await tab.unroute(`${issuer}/token`);
  };
  const again = async () => {
    await signIn.click();
    await arrive();
  };
  const write = async () => {
    await tab.evaluate(() => document.activeElement?.blur?.());
    await tab.keyboard.press('l');
    await text.fill(written);
    await until('the page to know of it', () => tab.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))));
  };
  const send = async () => {
    for (const one of [theirs, ours]) {
      await dialog.getByLabel('Who took part').fill(one);
      await tab.getByRole('option', { name: one }).first().click();
    }
    await dialog.getByRole('button', { name: 'Log the call' }).click();
  };
  await tab.goto(`${page}#/deals`);
  await as('mia@example');
  await write();
  await end();
  const seen = { ended: await tab.locator('body').innerText(), keptThen: await kept() };
  await again();
  await text.waitFor();
  seen.onTheWay = await tab.evaluate(() => window.found);
  seen.text = await text.inputValue();
  seen.place = tab.url();
  seen.keptNow = await kept();

  await send();
  await tab.locator('.toast', { hasText: 'Call logged' }).waitFor();
  await end();
  await again();
  seen.sent = await dialog.count();

  await write();
  await tab.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Let it go' }).click();
  await end();
  await again();
  seen.letGo = await dialog.count();

  // The issuer refuses her, and cannot be reached: what she wrote lies in memory again, and the browser asks before it is left.
  await write();
  await end();
  await tab.context().clearCookies(); // the issuer knows her no more
  const here = async () => ({ kept: await kept(), asks: await tab.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))), told: (await tab.locator('[role="alert"]').allInnerTexts()).join() });
  await signIn.click();
  await tab.getByRole('link', { name: 'Cancel' }).click();
  await signIn.waitFor();
  await tab.getByRole('alert').filter({ hasText: 'did not let you in' }).waitFor();
  seen.refused = { ...(await here()), onTheWay: await tab.evaluate(() => window.found) };
  await tab.route(`${issuer}/**`, (route) => route.abort());
  await signIn.click();
  await tab.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  seen.unreached = await here();
  await tab.unroute(`${issuer}/**`);
  await as('mia@example');
  await text.waitFor();
  seen.atLast = await text.inputValue();

  // She signs out: what was not sent is not for the tab's storage.
  await tab.route(`${page}graphql`, (route) => (/^\s*(mutation|query Reachable)\b/.test(route.request().postDataJSON()?.query ?? '') ? route.abort() : route.continue()));
  await send();
  await tab.locator('.unsaved-one').waitFor();
  await tab.getByRole('button', { name: 'Sign out' }).first().click();
  await signIn.waitFor();
  await tab.unroute(`${page}graphql`);
  await again();
  seen.out = { onTheWay: await tab.evaluate(() => window.found), left: (await dialog.count()) + (await tab.locator('.unsaved-one').count()) };

  // The page is left for the issuer, and shown again as it was: what she wrote lies in memory again.
  await write();
  await end();
  await tab.route(`${issuer}/auth**`, (route) => route.abort('aborted'));
  await signIn.click();
  await until('it to be kept', async () => (await kept()).includes(written));
  await tab.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  seen.shown = await here();
  await tab.unroute(`${issuer}/auth**`);

  // She comes back for another purpose: what she wrote waits for its own.
  await tab.evaluate(() => sessionStorage.setItem('kith', JSON.stringify({ ...JSON.parse(sessionStorage.getItem('kith')), purpose: 'MARKETING' })));
  await again();
  seen.another = { onTheWay: await tab.evaluate(() => window.found), dialogs: await dialog.count(), page: await tab.content(), kept: await kept() };
  await tab.keyboard.press('p');
  await tab.getByRole('menuitem', { name: 'Sales' }).or(tab.getByRole('menuitemradio', { name: 'Sales' })).or(tab.getByRole('option', { name: 'Sales' })).first().click();
  await text.waitFor();
  seen.its = await text.inputValue();

  await end();
  await tab.context().clearCookies(); // the issuer knows her no more
  await as('otto@example');
  seen.others = { onTheWay: await tab.evaluate(() => window.found), dialogs: await dialog.count(), kept: await kept(), page: await tab.content() };
  await end();
  await tab.context().clearCookies();
  await as('mia@example');
  seen.after = await dialog.count();

  // Half an hour at the issuer is too long.
  await write();
  await end();
  await tab.context().clearCookies();
  await signIn.click();
  await tab.locator('input[name=login]').waitFor();
  await tab.clock.fastForward(30 * 60_000);
  await tab.locator('input[name=login]').fill('mia@example');
  await tab.locator('input[name=password]').fill('anything');
  await tab.getByRole('button', { name: 'Sign-in' }).click();
  await tab.getByRole('button', { name: 'Continue' }).click();
  await tab.locator('.shell').waitFor();
  seen.late = { onTheWay: await tab.evaluate(() => window.found), dialogs: await dialog.count(), kept: await kept() };
  return { ...seen, tokens: tokens.size, leaked: [...tokens].some((token) => [seen.onTheWay, seen.keptThen, seen.keptNow, seen.refused.kept, seen.unreached.kept, seen.others.onTheWay].join().includes(token)), problems: tab.problems.filter((problem) => !problem.includes(issuer) && !/40[01]|ERR_NAME_NOT_RESOLVED|ERR_FAILED/.test(problem)) }; // what the issuer's pages lack is not ours
});
