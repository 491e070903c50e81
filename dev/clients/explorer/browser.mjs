// Has a browser, and notes what it minds: errors of scripts, of the page's policy, and what could not be loaded.
import { chromium } from 'playwright-core';

/** The day of the demonstration world: the page and the server agree on it. */
export const now = new Date('2026-11-23T12:00:00Z');

export const how = (executablePath) => ({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** The browser that runs at an address of chromium.mjs, or one that is started by its path. */
const start = (browser) => (browser.startsWith('ws:') ? chromium.connect(browser) : chromium.launch(how(browser)));

/** A tab of its own session. Its clock stands, flows as it does (clock is false), or flows and can be sent forward (clock says from when). What it says for some seconds may stay (toasts). Of several that look alike, those with shared have their files loaded once; what a tab keeps is its own. */
export async function open(browser, { width = 1440, height = 900, colorScheme = 'light', session = {}, clock = true, toasts = 'go', shared = null, ...more } = {}) {
  const look = { viewport: { width, height }, colorScheme, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...more };
  const key = JSON.stringify(look);
  const context = shared?.get(key) ?? (await browser.newContext(look));
  shared?.set(key, context);
  const tab = await context.newPage();
  if (clock === true) await tab.clock.setFixedTime(now);
  else if (clock) await tab.clock.install(clock);
  // A toast is said for some seconds; one that is acted on stays for as long as the page lasts, however slow the machine is.
  if (toasts === 'stay')
    await tab.addInitScript(() => {
      const after = setTimeout;
      window.setTimeout = (act, wait, ...more) => ([6_000, 12_000].includes(wait) ? 0 : after(act, wait, ...more));
    });
  // Only what the tab has not yet said itself: a test may switch the purpose on the page.
  await tab.addInitScript((kept) => {
    if (location.protocol !== 'about:') sessionStorage.getItem('kith') ?? sessionStorage.setItem('kith', JSON.stringify(kept));
  }, session);
  tab.problems = [];
  tab.on('console', (m) => ['error', 'warning'].includes(m.type()) && tab.problems.push(m.text()));
  tab.on('pageerror', (e) => tab.problems.push(String(e)));
  tab.asked = new Set();
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) tab.asked.clear(); // of a page that is left nobody says what became of its questions
    tab.asked.add(request);
  });
  for (const end of ['requestfinished', 'requestfailed']) tab.on(end, (request) => tab.asked.delete(request));
  return tab;
}

/** When the page has nothing else to do, twice: an answer may have it draw what asks the next question. It says whether nothing on it is still to come. */
export const idle = (tab) =>
  tab.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 5_000 })));
    return document.querySelector('main') !== null && document.querySelector('[aria-busy="true"]') === null;
  });

/** Waits until all that the page asked for is there, and drawn; but for what a test holds back. */
export async function settle(tab, { within = 60_000, but = '' } = {}) {
  const asked = () => [...tab.asked].map((request) => request.url()).filter((url) => url !== but);
  const until = Date.now() + within;
  // A page that hangs answers nothing.
  const late = new Promise((out) => setTimeout(out, within, false).unref());
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() > until) throw new Error(`${tab.url()} has not settled: ${asked().join(', ')}`);
    // A page that leaves for another one cannot be asked.
    quiet = asked().length === 0 && (await Promise.race([idle(tab).catch(() => false), late])) && asked().length === 0 ? quiet + 1 : 0;
    await new Promise((rest) => setTimeout(rest, 20));
  }
}

/** Waits until something holds, and says what did not. */
export async function until(what, holds, { within = 60_000 } = {}) {
  for (const end = Date.now() + within; !(await holds()); await new Promise((rest) => setTimeout(rest, 20))) if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
}

/** What the page copies when that is done. */
export async function copied(tab, act) {
  await tab.evaluate(() => navigator.clipboard.writeText(''));
  await act();
  const read = () => tab.evaluate(() => navigator.clipboard.readText());
  await until('something to be copied', async () => (await read()) !== '');
  return read();
}

/** Runs a test's steps, prints what they give as JSON, and ends. */
export async function run(browser, steps) {
  const started = await start(browser);
  try {
    console.log(JSON.stringify(await steps(started)));
  } catch (error) {
    console.error(error.stack);
    process.exitCode = 1;
  } finally {
    await started.close();
  }
}
