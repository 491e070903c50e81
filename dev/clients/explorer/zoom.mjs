// Makes pictures of nodes and links larger and smaller, and moves them: node zoom.mjs BROWSER PAGE
// With buttons, keys, a wheel and a mouse on a desk, with fingers on a phone; it tells where a point of the picture was before and is then.
import { readFileSync } from 'node:fs';
import { open, run, settle } from './browser.mjs';

const [chromium, page] = process.argv.slice(2);
const map = `${page}#/journeys?tab=map&view=picture`;

/** What there is to see: how wide the drawing is and by itself, what is said of its size, where the page and its place have been scrolled to, and what is chosen. */
const look = (tab) =>
  tab.evaluate(() => {
    const place = document.querySelector('.zoom-place');
    const svg = place.querySelector('svg');
    const box = (element) => (({ left, top, right, bottom }) => ({ left, top, right, bottom }))(element.getBoundingClientRect());
    const pressed = [...svg.querySelectorAll('[aria-pressed="true"]')].map((one) => one.getAttribute('aria-label'));
    return { said: document.querySelector('.zoom output').textContent, wide: svg.getBoundingClientRect().width, own: svg.viewBox.baseVal.width, drawing: box(svg), place: box(place), left: place.scrollLeft, top: place.scrollTop, page: scrollY, pressed, sideways: document.documentElement.scrollWidth > innerWidth, high: innerHeight };
  });

/** The middle of what is found, in the window. */
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
};

/** Whether what has the focus can be seen, whole or as much of it as its place has room for. */
const focusSeen = (tab) =>
  tab.evaluate(() => {
    const mark = document.activeElement;
    const [box, place] = [mark.getBoundingClientRect(), mark.closest('.zoom-place').getBoundingClientRect()];
    const low = Math.max(place.top, document.querySelector('.head').getBoundingClientRect().bottom);
    const high = Math.min(place.bottom, document.querySelector('.foot').getBoundingClientRect().top);
    const inside = (a, b, low, high) => (b - a > high - low ? Math.min(b, high) - Math.max(a, low) > 0.9 * (high - low) : a > low - 1 && b < high + 1);
    return { label: mark.getAttribute('aria-label'), seen: inside(box.left, box.right, place.left, place.right) && inside(box.top, box.bottom, low, high), box: [box.left, box.right, box.top, box.bottom], room: [place.left, place.right, low, high] };
  });

await run(chromium, async (browser) => {
  const tab = await open(browser, { session: { purpose: 'SERVICE' } });
  await tab.goto(map);
  await settle(tab);
  const button = (name) => tab.getByRole('button', { name, exact: true });
  const cards = tab.locator('.map-card');
  const seen = { first: await look(tab) };

  await button('Zoom in').click();
  seen.larger = await look(tab);
  await button('Zoom out').click();
  await button('Zoom out').click();
  seen.smaller = await look(tab);
  await button('Whole picture').click();
  seen.whole = await look(tab);

  // With keys, from a mark along the lines of the picture.
  seen.keys = [];
  await cards.first().focus();
  for (const key of ['0', '+', '-', '+', '+', '+', '+', '+', '+', '+', '+', '+', '+', '+', '+']) {
    await tab.keyboard.press(key);
    seen.keys.push((await look(tab)).said);
  }
  seen.most = { off: await button('Zoom in').getAttribute('aria-disabled'), ...(await look(tab)) };
  seen.focus = [await focusSeen(tab)];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowUp']) {
    await tab.keyboard.press(key);
    seen.focus.push(await focusSeen(tab));
  }

  // As large as it is, it is saved as it is by itself.
  for (const kind of ['SVG', 'PNG']) {
    await tab.getByRole('button', { name: 'Save the picture' }).click();
    const [file] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('menuitem', { name: `As ${kind}` }).click()]);
    await file.saveAs(`picture.${kind}`);
  }
  const svg = readFileSync('picture.SVG', 'utf8');
  seen.saved = { svg: Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)[1]), inner: /<svg[^>]*viewBox="0 0 ([\d.]+)[^>]*/.exec(svg)[0].replace(/ style="[^"]*"/, ' styled'), png: readFileSync('picture.PNG').readUInt32BE(16) };

  // A wheel by itself scrolls the page; with Ctrl it is for the picture, and what is under the pointer stays there.
  await tab.evaluate(() => document.activeElement.blur());
  await button('Whole picture').click();
  await button('Zoom in').click();
  const card = cards.nth(2);
  const from = await middle(card);
  await tab.mouse.move(from.x, from.y);
  const before = await look(tab);
  await tab.mouse.wheel(0, 40);
  await tab.waitForFunction((was) => scrollY !== was, before.page);
  seen.wheel = { before, after: await look(tab) };
  seen.under = [];
  for (const by of [-100, -100, -100, 60]) {
    const was = await middle(card);
    await tab.mouse.move(was.x, was.y);
    await tab.keyboard.down('Control');
    const { said } = await look(tab);
    await tab.mouse.wheel(0, by);
    await tab.waitForFunction((said) => document.querySelector('.zoom output').textContent !== said, said);
    await tab.keyboard.up('Control');
    seen.under.push({ was, is: await middle(card), said: (await look(tab)).said });
  }

  // A drag that begins on a card moves the picture and chooses nothing; a click chooses.
  const grip = await middle(card);
  const still = await look(tab);
  await tab.mouse.move(grip.x, grip.y);
  await tab.mouse.down();
  await tab.mouse.move(grip.x - 30, grip.y - 10);
  await tab.mouse.move(grip.x - 60, grip.y - 25);
  await tab.mouse.up();
  seen.drag = { grip, is: await middle(card), before: still, after: await look(tab) };
  await card.click();
  seen.clicked = { ...(await look(tab)), label: await card.getAttribute('aria-label'), focused: await card.evaluate((one) => one === document.activeElement) };
  await button('Whole picture').click();
  const on = await tab
    .locator('.map-line .map-hit')
    .nth(1)
    .evaluate((path) => (({ x, y }) => ({ x, y }))(path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM())));
  await tab.mouse.click(on.x, on.y);
  seen.line = { ...(await look(tab)), label: await tab.locator('.map-line').nth(1).getAttribute('aria-label') };

  // Far out.
  while (await button('Zoom out').isEnabled()) await button('Zoom out').click();
  seen.least = { off: await button('Zoom out').getAttribute('aria-disabled'), ...(await look(tab)) };

  // The list of keys tells of them; steps are drawn in such a place, too.
  await tab.keyboard.press('?');
  seen.listed = await tab.getByRole('dialog').innerText();
  await tab.keyboard.press('Escape');
  await tab.goto(`${page}#/journeys?tab=steps&view=picture`);
  await settle(tab);
  await tab.locator('.step').first().focus();
  await tab.keyboard.press('+');
  seen.steps = await look(tab);

  const phone = await open(browser, { width: 390, height: 844, hasTouch: true, isMobile: true, session: { purpose: 'SERVICE' } });
  await phone.goto(map);
  await settle(phone);
  const small = { first: await look(phone) };
  const one = phone.locator('.map-card').nth(2);
  await one.scrollIntoViewIfNeeded();
  const touch = await phone.context().newCDPSession(phone);
  const fingers = (type, points) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const { x, y } = await middle(one);
  await fingers('touchStart', [[x - 20, y], [x + 20, y]]);
  for (const far of [25, 30, 35, 40]) await fingers('touchMove', [[x - far, y], [x + far, y]]);
  await fingers('touchMove', [[x - 40, y - 30], [x + 40, y - 30]]);
  await fingers('touchEnd', []);
  await settle(phone);
  small.pinched = { from: { x, y }, to: await middle(one), scale: await phone.evaluate(() => visualViewport.scale), ...(await look(phone)) };
  await phone.getByRole('button', { name: 'Whole picture' }).tap();
  small.whole = await look(phone);
  return { ...seen, phone: small, problems: [...tab.problems, ...phone.problems] };
});
