// Goes from what SALES sees to what MARKETING sees of the same places, in one tab, and looks for words that only SALES may know:
// node leak.mjs BROWSER PAGE PLACES.json WORDS.json
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, placesFile, wordsFile] = process.argv.slice(2);
const places = JSON.parse(readFileSync(placesFile, 'utf8'));
const words = JSON.parse(readFileSync(wordsFile, 'utf8'));

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SALES' } });
  let hearing = [];
  // What was asked for SALES may still come; the page that asked for it has gone.
  tab.on('response', (response) => {
    if (response.request().headers()['kith-purpose'] === 'SALES') return;
    hearing.push(response.text().then((text) => `${response.url()}\n${text}`, () => response.url()));
  });
  const found = (text) => words.filter((word) => text.includes(word));
  const seenBySales = new Set();
  const leaks = [];
  for (const place of places) {
    await tab.goto(page + place);
    await settle(tab);
    for (const word of found(await tab.content())) seenBySales.add(word);
    await tab.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
    hearing = [];
    await tab.keyboard.press('p');
    await tab.getByRole('menuitemradio', { name: /Marketing/ }).click();
    await tab.locator('.shell[data-purpose="MARKETING"]').waitFor();
    await settle(tab);
    const kept = await tab.evaluate(async () => {
      const caches = await Promise.all((await globalThis.caches.keys()).map(async (name) => (await (await globalThis.caches.open(name)).keys()).map((request) => request.url)));
      return JSON.stringify([{ ...sessionStorage }, { ...localStorage }, caches, location.href, document.cookie]);
    });
    const heard = await Promise.all(hearing);
    for (const [where, text] of [
      ['the page', await tab.content()],
      ['what the browser keeps', kept],
      ['what was heard', heard.join('\n')],
    ])
      for (const word of found(text)) leaks.push(`${place}: ${word} in ${where}`);
    await tab.keyboard.press('p');
    await tab.getByRole('menuitemradio', { name: /Sales/ }).click();
    await tab.locator('.shell[data-purpose="SALES"]').waitFor();
    await settle(tab);
  }
  return { seenBySales: [...seenBySales], leaks, problems: tab.problems };
});
