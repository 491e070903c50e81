// Opens screens of the explorer again and again: node screens.mjs BROWSER PAGE SCREENS.json NOW
// A screen has a name, a purpose, the places at which it is opened, and keys that are pressed there. Before each visit the server is told, so that it can say what it took.
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page, list, now] = process.argv.slice(2);

await run(chromium, async (browser) => {
  const problems = [];
  for (const { name, purpose, employee, places, keys = [] } of JSON.parse(readFileSync(list, 'utf8'))) {
    const tab = await open(browser, { session: { purpose, employee }, clock: false });
    await tab.clock.setFixedTime(new Date(now));
    for (const [i, place] of places.entries()) {
      // The first visit is for the database to plan, and is not counted.
      await fetch(`${page}visit?screen=${i === 0 ? '' : name}`);
      await tab.goto('about:blank');
      await tab.goto(page + place);
      await settle(tab);
      for (const key of keys) await tab.keyboard.press(key);
      if (keys.length > 0) {
        await tab.getByRole('option').first().waitFor();
        await settle(tab);
      }
      if (await tab.locator('[role="alert"]').count()) problems.push(`${name}: ${await tab.locator('[role="alert"]').first().textContent()}`);
    }
    problems.push(...tab.problems.map((problem) => `${name}: ${problem}`));
    await tab.context().close();
  }
  return problems;
});
