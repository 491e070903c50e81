// Works with a list in a browser that speaks German: takes other columns, another order and a condition, and saves the rows; takes away the period that another
// one opens with, and has all counted; then saves a picture that is too large, and one that is not drawn:
// node list.mjs BROWSER PAGE
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { toasts: 'stay', session: { purpose: 'SALES' }, locale: 'de-DE' });
  await tab.goto(`${page}#/deals`);
  await settle(tab);
  const heads = async () => (await tab.getByRole('columnheader').allTextContents()).map((text) => text.trim()).filter(Boolean);
  const before = await heads();

  await tab.getByRole('button', { name: 'Columns' }).click();
  const heard = await tab.getByRole('button', { name: 'Dismiss' }).count();
  await tab.getByLabel('Type', { exact: true }).check();
  await tab.getByLabel('Owners', { exact: true }).uncheck();
  await tab.keyboard.press('Escape');
  await settle(tab);

  await tab.getByRole('button', { name: /new first/ }).click();
  await tab.getByRole('group', { name: 'Order by Last contact' }).getByRole('button', { name: 'old first' }).click();
  await tab.keyboard.press('Escape');
  await settle(tab);

  await tab.keyboard.press('f');
  await tab.getByRole('option', { name: /^Last contact/ }).click();
  const alone = tab.getByText(/match it alone/);
  await alone.waitFor();
  const said = await alone.textContent();
  await tab.getByRole('button', { name: 'Add', exact: true }).click();
  await settle(tab);

  const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('button', { name: 'CSV', exact: true }).click()]);
  await download.saveAs('list.csv');
  const [head, ...rows] = readFileSync('list.csv', 'utf8').trim().split('\n');
  const title = () => tab.locator('h1').locator('..').textContent();
  const told = { before, heard, after: await heads(), alone: said, head, rows: rows.length, title: await title() };

  await tab.goto(`${page}#/interactions`);
  await settle(tab);
  const period = [await title()];
  await tab.getByRole('button', { name: 'Take “When” away' }).click();
  await settle(tab);
  period.push(await title());
  await tab.getByRole('button', { name: 'Count all interactions' }).click();
  await settle(tab);
  period.push(await title(), new URL(tab.url()).hash);

  await tab.goto(`${page}#/journeys?question=deals&tab=map&view=picture`);
  await settle(tab);
  const picture = tab.locator('.map-picture > svg');
  const { width } = await picture.boundingBox();
  const save = async () => {
    await tab.getByRole('button', { name: 'Save the picture' }).click();
    await tab.getByRole('menuitem', { name: 'As PNG' }).click();
  };
  const whyNot = async (words) => {
    await save();
    const toast = tab.locator('.toast', { hasText: words });
    await toast.waitFor();
    return toast.innerText();
  };
  const margins = 32;
  /** Canvases that are wider are too large for the browser. */
  const widest = (most) =>
    tab.evaluate((most) => {
      window.toBlob ??= HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function (done, kind) {
        if (this.width > most) done(null);
        else window.toBlob.call(this, done, kind);
      };
    }, most);
  await widest(1.5 * width);
  const [file] = await Promise.all([tab.waitForEvent('download'), save()]);
  await file.saveAs('picture.png');
  const half = readFileSync('picture.png').readUInt32BE(16) / (width + margins);
  await widest(0);
  const tooLarge = await whyNot('too large');
  await picture.evaluate((svg) => svg.remove());
  const notDrawn = await whyNot('not drawn');
  return { ...told, period, half, tooLarge, notDrawn, problems: tab.problems };
});
