// Starts Chromium and notes what it minds: errors of scripts, of the page's policy, and what could not be loaded.
import { chromium } from 'playwright-core';

/** The day of the demonstration world: the page and the server agree on it. */
export const now = new Date('2026-11-23T12:00:00Z');

export async function start(executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return browser;
}

/** A tab of its own session. */
export async function open(browser, { width = 1440, height = 900, colorScheme = 'light', session = {}, clock = true, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...more });
  const tab = await context.newPage();
  if (clock) await tab.clock.setFixedTime(now);
  // Only what the tab has not yet said itself: a test may switch the purpose on the page.
  await tab.addInitScript((kept) => {
    if (location.protocol !== 'about:') sessionStorage.getItem('kith') ?? sessionStorage.setItem('kith', JSON.stringify(kept));
  }, session);
  tab.problems = [];
  tab.on('console', (m) => ['error', 'warning'].includes(m.type()) && tab.problems.push(m.text()));
  tab.on('pageerror', (e) => tab.problems.push(String(e)));
  return tab;
}

/** Waits until all that the page asked for is there, and drawn. */
export async function settle(tab) {
  await tab.waitForLoadState('networkidle');
  await tab.locator('main').waitFor();
  await tab.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, { timeout: 60_000 });
}

/** Runs a test's steps, prints what they give as JSON, and ends. */
export async function run(executablePath, steps) {
  const browser = await start(executablePath);
  try {
    console.log(JSON.stringify(await steps(browser)));
  } catch (error) {
    console.error(error.stack);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}
