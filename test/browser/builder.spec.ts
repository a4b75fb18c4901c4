import type { Locator, Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { beginCampaign, leaveWithoutErrors } from './authors.js';
import { Portal, type Visitor } from './portal.js';
import { screenProblems } from './screen-problems.js';

/** A rendering follows an edit within this time, with all that runs beside it. */
const MOST_MS = 5_000;

/** An edit is seen within this time, without the server. */
const SEEN_MS = 1_000;
const EDITS = 20;
const FRONT_FRAMES = 'document.querySelectorAll(\'iframe[title="Preview of the e-mail"]\').length';

const quantile = (times: readonly number[], part: number): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.ceil(part * times.length) - 1] ?? 0);

/**
 * Runs in the page before the Escape key. Times from that key: until a text is
 * in the frame, and until the next rendering has replaced the frame.
 */
const watchEdit = (words: string): string => `window.editTimes = new Promise((resolve) => {
  const front = () => document.querySelector('iframe[aria-hidden="false"]');
  const before = front();
  const begin = () => {
    const begunAt = performance.now();
    let seenMs = null;
    const look = () => {
      const frame = front();
      const isThere = frame?.contentDocument?.body?.textContent.includes(${JSON.stringify(words)}) === true;
      if (isThere) seenMs ??= performance.now() - begunAt;
      if (isThere && frame !== before) resolve({ seenMs, renderedMs: performance.now() - begunAt });
      else requestAnimationFrame(look);
    };
    look();
  };
  addEventListener('keydown', begin, { capture: true, once: true });
}); undefined`;

const HOLD_MS = 400;
type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

async function boxOf(target: Locator): Promise<Box> {
  const box = await target.boundingBox();
  if (box === null) throw new Error(`${String(target)} is not on the screen.`);
  return box;
}

/** Holds the middle of one box, and lets go at the upper edge of another. */
async function dragByFinger(page: Page, from: Box, to: Box): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const end = { x: to.x + to.width / 2, y: to.y + 2 };
  await touch('touchStart', start.x, start.y);
  // The time is what is tested: a finger that moves earlier scrolls.
  await page.waitForTimeout(HOLD_MS);
  for (let step = 1; step <= 12; step += 1)
    await touch('touchMove', start.x + ((end.x - start.x) * step) / 12, start.y + ((end.y - start.y) * step) / 12);
  await touch('touchEnd', end.x, end.y);
  await browser.detach();
}

describe('an author without code', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const begin = async (title: string): Promise<Visitor> => {
    const maya = await beginCampaign(portal, title);
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.page.getByRole('group', { name: 'E-mail with its blocks' }).waitFor();
    return maya;
  };
  const canvas = ({ page }: Visitor) => page.getByRole('group', { name: 'E-mail with its blocks' });
  const block = (maya: Visitor, name: string | RegExp) => canvas(maya).getByRole('button', { name }).first();
  const mail = ({ page }: Visitor) => page.locator('iframe[title="Preview of the e-mail"]').first().contentFrame();
  const row = ({ page }: Visitor, name: string | RegExp) => page.getByRole('treeitem', { name }).first();

  it('changes a text in its place, adds and moves blocks, and takes it all back', async () => {
    const maya = await begin('Built by hand');
    const { page } = maya;
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('builder');

    // The text, by keys.
    const heading = 'Text: Stop an attack where it starts';
    await maya.press(block(maya, heading));
    await page.keyboard.press('Enter');
    const text = canvas(maya).getByRole('textbox', { name: 'Text (en)' });
    await text.waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Stop it <here> & now');
    await page.keyboard.press('Escape');
    const begun = Date.now();
    await mail(maya).getByText('Stop it <here> & now').first().waitFor();
    expect(Date.now() - begun).toBeLessThan(MOST_MS);
    await page.getByText(/^Saved .*: changes in 1 file$/).waitFor();

    // A block of the palette.
    await maya.press(block(maya, 'Text: Stop it <here> & now'));
    await maya.press(page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name: 'Button' }));
    await mail(maya).getByText('[Your button]').first().waitFor();
    await row(maya, 'Button: [Your button]').and(page.locator('[aria-selected=true]')).waitFor();
    await maya.field('Link').selectOption('demo');
    await maya.field('Alignment').selectOption('Centre');
    expect(await violations(page)).toEqual([]);
    await maya.picture('builder-inspector');

    // Moves, by keys.
    await row(maya, 'Button: [Your button]').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await until(async () => {
      const rows = await page.getByRole('treeitem').allInnerTexts();
      return rows.indexOf('Button: [Your button]') < rows.indexOf('Text: Stop it <here> & now');
    });
    await row(maya, 'Button: [Your button]').and(page.locator(':focus')).waitFor();

    // The partner may edit a text.
    await maya.press(row(maya, /^Text: Most break-ins begin/));
    await maya.press(page.getByText('Partner may edit', { exact: true }));
    await row(maya, /^Text of the partner: Most break-ins begin/).waitFor();
    await maya.field('Max. characters').fill('200');
    await maya.field('Max. characters').blur();

    // A press that comes after the last act would wait for another one.
    const undo = page.locator('button:enabled').and(maya.button('Undo'));
    await until(async () => {
      if ((await undo.count()) === 0) return true;
      await undo.click({ timeout: 5_000 }).catch(() => undefined);
      return false;
    });
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    await page.getByText('All changes saved.').waitFor();
    await maya.press(maya.button('Redo'));
    await mail(maya).getByText('Stop it <here> & now').first().waitFor();
    await leaveWithoutErrors(maya);
  });

  const selected = ({ page }: Visitor, name: string | RegExp) =>
    page.getByRole('treeitem', { name }).and(page.locator('[aria-selected=true]')).first();
  const saved = ({ page }: Visitor) => page.getByText(/^Saved .*: changes in \d+ files?$/).waitFor();

  it('lets partners edit one paragraph of 200 characters', async () => {
    const maya = await begin('A paragraph of partners');
    await maya.press(block(maya, /^Text: Most break-ins begin/));
    await maya.press(maya.page.getByText('Partner may edit', { exact: true }));
    await selected(maya, /^Text of the partner: Most break-ins begin/).waitFor();
    await maya.field('Label for partners').fill('Your introduction');
    await maya.field('Label for partners').blur();
    await maya.field('Max. characters').fill('200');
    await maya.field('Max. characters').blur();
    await saved(maya);
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.page.getByText('max-chars="200"').first().waitFor();
    await leaveWithoutErrors(maya);
  });

  it('lets partners exchange the link of a button, hide a text and choose a variant', async () => {
    const maya = await begin('A button of partners');
    const { page } = maya;
    await maya.press(row(maya, /^Button: /));
    await maya.press(page.getByText('Partner may edit', { exact: true }));
    await selected(maya, /^Button of the partner: /).waitFor();
    await page.getByLabel('Partner may exchange the link').check();
    await until(async () => page.getByLabel('Partner may exchange the link').isChecked());
    expect(await violations(page)).toEqual([]);
    await maya.picture('builder-button-of-partner');

    await maya.press(row(maya, /^Text: Most break-ins begin/));
    await page.getByLabel('Partner may hide it').check();
    await row(maya, 'Partner may hide: [Your name for this part]').waitFor();
    await maya.field('Label for partners').fill('The introduction');
    await maya.field('Label for partners').blur();
    await row(maya, 'Partner may hide: The introduction').waitFor();
    await maya.picture('builder-hideable');

    await maya.press(row(maya, 'Text: Stop an attack where it starts'));
    await page.getByLabel('Partner may choose between variants').check();
    await row(maya, /^Choice of the partner: /).waitFor();
    await maya.press(maya.button('Variant 2'));
    await page.keyboard.press('Escape');
    await until(async () => (await page.getByRole('treeitem', { name: /^Variant: / }).count()) === 2);
    await maya.picture('builder-variants');
    expect(await violations(page)).toEqual([]);
    await saved(maya);
    await leaveWithoutErrors(maya);
  });

  it('shows a row to finance only, with a preview of it', async () => {
    const maya = await begin('For finance');
    const { page } = maya;
    await maya.press(block(maya, 'Text: Stop an attack where it starts'));
    await maya.press(maya.button('Select the surrounding block'));
    await maya.press(maya.button('Select the surrounding block'));
    await selected(maya, 'Row').waitFor();
    await maya.press(maya.button('Only for some recipients'));
    await page
      .getByRole('group', { name: 'Who gets this block' })
      .getByRole('combobox', { name: 'Industry' })
      .fill('finance');
    await page.keyboard.press('Enter');
    await row(maya, 'Condition: finance').waitFor();
    // The canvas shows a recipient who gets it.
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('builder-condition');
    await saved(maya);
    await leaveWithoutErrors(maya);
  });

  it('changes colours, and what phones show', async () => {
    const maya = await begin('In other colours');
    const { page } = maya;
    await maya.press(row(maya, /^Button: /));
    await maya.field('Background').selectOption('Partner’s second colour');
    await maya.field('Text colour').selectOption('Text on the second colour');
    await maya.field('Shown on').selectOption('Not on phones');
    await until(async () => (await mail(maya).locator('.hide-on-phone').count()) > 0);
    await maya.picture('builder-colours');
    await saved(maya);
    // The code view renders only the lines in sight.
    const campaign = /campaigns\/[^/]+/.exec(page.url())?.[0] ?? '';
    const stored = await page.request.get(`/api/v1/${campaign}/draft-files`);
    expect(JSON.stringify(await stored.json())).toContain('css-class=\\"hide-on-phone\\"');
    await leaveWithoutErrors(maya);
  });

  it('drags a block to another place', async () => {
    const maya = await begin('Dragged by hand');
    const { page } = maya;
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    const lead = /^Text: Most break-ins begin/;
    await block(maya, lead).scrollIntoViewIfNeeded();
    const from = await block(maya, lead).boundingBox();
    const to = await block(maya, 'Text: Stop an attack where it starts').boundingBox();
    if (from === null || to === null) throw new Error('Both blocks are on the canvas.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + 2, { steps: 12 });
    await page.mouse.up();
    await until(async () => {
      const rows = await page.getByRole('treeitem').allInnerTexts();
      const moved = rows.findIndex((one) => lead.test(one));
      return moved !== -1 && moved < rows.indexOf('Text: Stop an attack where it starts');
    });
    await leaveWithoutErrors(maya);
  });

  it('drags a new block from the palette to its place', async () => {
    const maya = await begin('Dragged from the palette');
    const { page } = maya;
    const heading = 'Text: Stop an attack where it starts';
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    const palette = page.getByRole('group', { name: 'Add a block' });
    await palette.getByRole('button', { name: 'Line' }).scrollIntoViewIfNeeded();
    const from = await palette.getByRole('button', { name: 'Line' }).boundingBox();
    const to = await block(maya, heading).boundingBox();
    if (from === null || to === null) throw new Error('Both are on the screen.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + 2, { steps: 12 });
    await page.locator('.drop-line').waitFor();
    await maya.picture('builder-drop-line');
    await page.mouse.up();
    await until(async () => {
      const rows = await page.getByRole('treeitem').allInnerTexts();
      const added = rows.findIndex((one) => one.startsWith('Line'));
      return added !== -1 && added === rows.indexOf(heading) - 1;
    });
    // The press that began the drag is no click as well.
    expect((await page.getByRole('treeitem').allInnerTexts()).filter((one) => one.startsWith('Line'))).toHaveLength(1);
    await leaveWithoutErrors(maya);
  });

  it('drags a block, and one of the palette, with a finger that holds it first', async () => {
    const { page: edited } = await begin('Dragged by a finger');
    const path = new URL(edited.url()).pathname;
    await edited.context().close();
    const maya = await portal.signIn('maya@northwind.example', { width: 1280, touch: true, path });
    const { page } = maya;
    // The palette and the heading are on the screen together: a finger that drags does not scroll.
    await page.setViewportSize({ width: 1280, height: 1600 });
    const heading = 'Text: Stop an attack where it starts';
    const lead = /^Text: Most break-ins begin/;
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    const rows = () => page.getByRole('treeitem').allInnerTexts();
    await block(maya, lead).scrollIntoViewIfNeeded();
    await dragByFinger(page, await boxOf(block(maya, lead)), await boxOf(block(maya, heading)));
    await until(async () => {
      const all = await rows();
      const moved = all.findIndex((one) => lead.test(one));
      return moved !== -1 && moved < all.indexOf(heading);
    }, 'the block above the heading');

    const line = page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name: 'Line' });
    await line.scrollIntoViewIfNeeded();
    await dragByFinger(page, await boxOf(line), await boxOf(block(maya, heading)));
    await until(async () => {
      const all = await rows();
      return all.indexOf(heading) === all.findIndex((one) => one.startsWith('Line')) + 1;
    }, 'the line above the heading');
    expect((await rows()).filter((one) => one.startsWith('Line'))).toHaveLength(1);
    await leaveWithoutErrors(maya);
  });

  it('marks a block with open comments, and opens them by key', async () => {
    const maya = await begin('Talked about');
    const { page } = maya;
    const heading = 'Text: Stop an attack where it starts';
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    await maya.press(block(maya, heading));
    await maya.field('Your comment on this block').fill('Shorter, please.');
    await maya.press(maya.button('Comment'));
    const mark = canvas(maya).getByRole('button', { name: `1 open comment on “${heading}”` });
    await mark.waitFor();
    await maya.press(row(maya, /^Text: Most break-ins begin/));
    const comments = page.getByRole('region', { name: 'Comments' });
    await comments.getByText('Shorter, please.').waitFor({ state: 'detached' });
    await mark.focus();
    await page.keyboard.press('Enter');
    await comments.and(page.locator(':focus')).waitFor();
    await comments.getByText('Shorter, please.').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('builder-comment-mark');
    await maya.press(maya.button('Mark as resolved'));
    await mark.waitFor({ state: 'detached' });
    await leaveWithoutErrors(maya);
  });

  it('sees an edit before it is rendered, in an e-mail of twenty rows', async () => {
    const maya = await begin('Edited often');
    const { page } = maya;
    await mail(maya).getByText('Stop an attack where it starts').first().waitFor();
    const row1 = page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name: '1 column' });
    for (let rows = 0; rows < 15; rows++) await maya.press(row1);
    await until(async () => (await mail(maya).getByText('[Your text').count()) >= 15);
    await until(async () => (await page.evaluate(FRONT_FRAMES)) === 1);
    const seen: number[] = [];
    const rendered: number[] = [];
    for (let edits = 0; edits < EDITS; edits++) {
      await row(maya, /^Text: (?:Stop an attack|Words)/).focus();
      await maya.press(row(maya, /^Text: (?:Stop an attack|Words)/));
      await maya.press(maya.page.getByRole('button', { name: 'Edit text' }));
      const text = canvas(maya).getByRole('textbox', { name: 'Text (en)' });
      await text.waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(`Words ${edits} of many`);
      await page.evaluate(watchEdit(`Words ${edits} of many`));
      await page.keyboard.press('Escape');
      const { seenMs, renderedMs } = await page.evaluate<{ seenMs: number; renderedMs: number }>('window.editTimes');
      seen.push(seenMs);
      rendered.push(renderedMs);
    }
    // Figures of docs/figures.md, on a machine that does nothing else.
    for (const [what, times] of Object.entries({ 'edit visible': seen, 'true rendering': rendered }))
      process.stderr.write(
        `builder, 20 rows, ${what}: median ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms\n`,
      );
    expect(Math.max(...seen)).toBeLessThan(SEEN_MS);
    expect(Math.max(...rendered)).toBeLessThan(MOST_MS);
    await leaveWithoutErrors(maya);
  });

  it.each(['en', 'de'] as const)('can work on a narrow screen: %s', async (language) => {
    const author = await beginCampaign(portal, `Narrow ${language}`);
    const address = `${new URL(author.page.url()).pathname}/edit`;
    await author.leave();
    const maya = await portal.signIn('maya@northwind.example', { width: 390, language, scheme: 'dark' });
    await maya.page.goto(address);
    await maya.page.getByRole('tree').waitFor();
    await maya.page.getByRole('treeitem').nth(5).click();
    expect(await violations(maya.page)).toEqual([]);
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture(`${language}-builder-narrow`);
    await leaveWithoutErrors(maya);
  });
});
