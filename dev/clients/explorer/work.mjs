// Changes a person's job and takes that back, records a consent and what takes it back, and opens who is behind a number:
// node work.mjs BROWSER PAGE CUSTOMER COMPANY
import { open, run, settle } from './browser.mjs';

const [chromium, page, customer, company] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const tab = await open(browser, { toasts: 'stay', session: { purpose: 'SALES' } });
  const dialog = tab.getByRole('dialog');
  const toast = (text) => tab.locator('.toast', { hasText: text });
  const more = async (word) => {
    await tab.getByRole('button', { name: 'More for this person' }).click();
    await tab.getByRole('menuitem', { name: word }).click();
  };
  await tab.goto(`${page}#/customers/${customer}`);
  await settle(tab);

  await more('Change the job');
  await dialog.getByText('A job ends', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Change the job' }).click();
  await toast('Job ended').getByRole('button', { name: 'Undo' }).click();
  const goesOn = await toast('goes on').innerText();

  await more('Change the job');
  await dialog.getByText('A job begins', { exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Company' }).pressSequentially(company);
  await tab.getByRole('option', { name: company }).first().click();
  await dialog.getByLabel('Job', { exact: true }).fill('Head of Trials');
  await dialog.getByLabel('First day').fill('2026-02-01');
  const firstDay = await dialog.getByLabel('First day').evaluate((input) => input.nextElementSibling.innerText);
  await dialog.getByRole('button', { name: 'Change the job' }).click();
  await toast('Job begun').waitFor();
  await tab.evaluate(() => document.activeElement?.blur?.());
  await tab.keyboard.press('Control+z');
  const ended = await toast('has ended').innerText();

  await more('Record a consent');
  await dialog.getByLabel('Said on').fill('2026-11-04T09:05');
  const saidOn = await dialog.getByLabel('Said on').evaluate((input) => input.nextElementSibling.innerText);
  await dialog.locator('#form-source').fill('call');
  await dialog.getByRole('button', { name: 'Record the consent' }).click();
  await toast('Consent recorded').getByRole('button', { name: 'Record a withdrawal' }).click();
  const title = await dialog.getByRole('heading', { name: 'withdrawal' }).first().innerText(); // not of the dialog that closes
  await dialog.locator('#form-source').fill('call');
  await dialog.getByRole('button', { name: 'Record the withdrawal' }).click();
  const withdrawn = await toast('Withdrawal recorded').innerText();

  await tab.goto(`${page}#/journeys?question=deals&tab=segments`);
  await settle(tab);
  const first = tab.locator('.segment-lines tbody tr').first().getByRole('button').first();
  const number = await first.innerText();
  await first.click();
  await dialog.getByText('behind this number').waitFor();
  const behind = await dialog.innerText();
  const names = await dialog.locator('li .name').count();
  return { goesOn, ended, days: [firstDay, saidOn], title, withdrawn, number, behind, names, problems: tab.problems };
});
