// Signs in at the issuer, asks, searches for something until the token has been renewed, goes on with that, and signs out: node sign-in.mjs BROWSER PAGE ISSUER
import { open, run, settle } from './browser.mjs';

const [chromium, page, issuer] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' }, clock: false });
  const tokens = new Set();
  tab.on('request', (request) => {
    const said = request.headers().authorization;
    if (request.url() === `${page}graphql` && said) tokens.add(said);
  });
  await tab.goto(`${page}#/what-may-be-seen`);
  await tab.getByRole('button', { name: 'Sign in at' }).click();
  await tab.locator('input[name=login]').fill('mia@example');
  await tab.locator('input[name=password]').fill('anything');
  await tab.getByRole('button', { name: 'Sign-in' }).click();
  await tab.getByRole('button', { name: 'Continue' }).click();
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
  const signOut = tab.getByRole('button', { name: 'Sign out' });
  await signOut.click();
  await tab.getByRole('button', { name: 'Sign in at' }).waitFor();
  return {
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
