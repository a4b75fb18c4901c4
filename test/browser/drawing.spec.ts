import type { Locator } from 'playwright-core';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { beginCampaign } from './authors.js';
import { Portal, type Visitor } from './portal.js';

/** Steps by the subjects of their e-mails. */
const WELCOME = 'E-mail: An intruder needs 62 minutes. You can need four.';
const PROOF = 'E-mail: What changed in the first ninety days';
const WORKSHOP = 'E-mail: Your first policy in thirty minutes';
const LAST_CALL = 'E-mail: Shall we leave it here?';

describe('an author who draws', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** A draft of its own in the editor, on one of its tabs. */
  const begin = async (title: string, tab: string): Promise<Visitor> => {
    const maya = await beginCampaign(portal, title);
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: tab }));
    return maya;
  };
  /** Saves what is written, and reads the files as they are kept then. */
  const savedFiles = async (maya: Visitor): Promise<ReadonlyMap<string, string>> => {
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    const api = new URL(maya.page.url()).pathname.replace('/campaigns', '/api/v1/campaigns').replace(/edit$/, 'files');
    const { files } = (await (await maya.page.request.get(api)).json()) as { files: { path: string; text: string }[] };
    return new Map(files.map(({ path, text }) => [path, text]));
  };
  const saved = async (maya: Visitor, path: string): Promise<string> => (await savedFiles(maya)).get(path) ?? '';
  const leave = async (maya: Visitor) => {
    expect(maya.errors).toEqual([]);
    await maya.leave();
  };
  const place = ({ page }: Visitor, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) });
  const whereIs = async (maya: Visitor, name: string): Promise<number[]> => {
    const label = (await place(maya, name).first().getAttribute('aria-label')) ?? '';
    return [...label.matchAll(/\d+/g)].slice(-4).map(Number);
  };
  const boxOf = async (target: Locator) => (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const drag = async ({ page }: Visitor, from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.mouse.up();
  };

  it('moves, resizes, draws and takes back the places of a document, by keys and by mouse', async () => {
    const maya = await begin('Places of a brochure', 'Documents and posts');
    const { page } = maya;
    const logo = place(maya, 'logo').first();
    await logo.focus();
    await page.getByText('Its position comes from the field or link').waitFor();
    const [width = 0, height = 0, x = 0, y = 0] = await whereIs(maya, 'logo');
    await page.keyboard.press('ArrowRight');
    await maya.button('Use the position in the PDF').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await until(async () => (await whereIs(maya, 'logo'))[0] === width - 6);
    expect(await whereIs(maya, 'logo')).toEqual([width - 6, height, x + 5, y + 5]);
    await page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-places');

    await maya.press(maya.button('Undo'));
    await until(async () => (await whereIs(maya, 'logo'))[0] === width - 5);
    await maya.press(maya.button('Use the position in the PDF'));
    await page.getByText('Its position comes from the field or link').waitFor();
    expect(await whereIs(maya, 'logo')).toEqual([width, height, x, y]);

    await maya.press(maya.button('Add layer or placeholder'));
    await maya.press(page.getByRole('menuitem', { name: 'QR code' }));
    await place(maya, 'qr-2').waitFor();
    await maya.press(maya.button('Redraw').first());
    const second = page.getByRole('group', { name: 'Page 2' });
    await second.scrollIntoViewIfNeeded();
    const { x: left, width: wide } = await boxOf(second);
    // In the middle of the window, which the page fills from above to below.
    await drag(maya, [left + wide * 0.6, 420], [left + wide * 0.6 + 120, 540]);
    await page.getByRole('navigation').getByRole('button', { name: 'qr-2 QR code · page 2' }).waitFor();
    const yaml = await saved(maya, 'campaign.yaml');
    expect(yaml).toMatch(
      /qr-2: \{ kind: qr, link: demo, box: \{ page: 2, x: \d+, y: \d+, width: \d+, height: \d+ \} \}/,
    );
    await leave(maya);
  });

  it('gives the pictures of a post other places, and a partner sees the words where they were drawn', async () => {
    const maya = await begin('Places of a post', 'Documents and posts');
    const { page } = maya;
    await maya.field('Show').selectOption('social announce');
    await page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
    const headline = place(maya, 'announce-headline');
    const before = await whereIs(maya, 'announce-headline');
    const { x, y, width, height } = await boxOf(headline);
    await drag(maya, [x + width / 2, y + height / 2], [x + width / 2 + 40, y + height / 2 + 30]);
    await until(async () => (await whereIs(maya, 'announce-headline'))[2]! > before[2]!);
    const moved = await whereIs(maya, 'announce-headline');
    expect(moved[3]).toBeGreaterThan(before[3]!);
    const form = page.getByRole('region', { name: 'Selected layer or placeholder' });
    await form.getByLabel('Alignment').selectOption({ label: 'Centred' });
    await form.getByLabel('Font size', { exact: true }).fill('48');
    await form.getByLabel('Max. characters: Headline of the announce post', { exact: true }).fill('64');
    const svg = await saved(maya, 'social/announce.landscape.svg');
    expect(svg).toContain(`x="${moved[2]}" y="${moved[3]}"`);
    expect(svg).toMatch(/announce-headline".* data-size="48".* data-align="center"/);
    await page.reload();
    await maya.field('Show').selectOption('social announce');
    await maya.field('Preview as partner').fill('bright');
    await maya.press(page.getByRole('option', { name: /^Brightwater/ }).first());
    await page.getByText('Arrow keys move what is selected').first().waitFor();
    await headline.waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-places-post');
    await leave(maya);
  });

  it('makes a post in three sizes without a file, for a step of the sequence', async () => {
    const maya = await begin('A post by clicks', 'Sequence');
    const { page } = maya;
    await maya.press(maya.button('Add a step'));
    await maya.press(page.getByRole('menuitem', { name: 'Post' }));
    await maya.press(maya.button('New post'));
    await maya.press(maya.button('Create post'));
    await page.getByText('Write a name with letters.').waitFor();
    await maya.field('Name of the post').fill('Spring offer');
    await maya.press(page.getByRole('radio', { name: 'Text on a picture' }));
    expect(await violations(page)).toEqual([]);
    await maya.press(maya.button('Create post'));

    const layers = page.getByRole('navigation', { name: 'Layers and placeholders' });
    await maya.press(layers.getByRole('button', { name: '[Your headline]' }));
    const form = page.getByRole('region', { name: 'Selected layer or placeholder' });
    await form.getByLabel('Text', { exact: true }).fill('Sleep well at night');
    await form.getByLabel('Colour', { exact: true }).fill('#ffcc00');
    await layers.getByRole('button', { name: 'Sleep well at night' }).waitFor();
    await maya.press(layers.getByRole('button', { name: 'shade' }));
    await maya.press(form.getByRole('button', { name: 'Remove' }));
    await maya.field('Text of the post').fill('Meet us in spring.');
    await maya.field('Link').selectOption('demo');
    await page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-post');

    const files = await savedFiles(maya);
    const yaml = files.get('campaign.yaml');
    expect(yaml).toMatch(/spring-offer: \{ text: posts\.spring-offer\.text, link: demo, images: /);
    expect(yaml).toMatch(/key: post, post: spring-offer/);
    for (const size of ['landscape', 'square', 'story']) {
      const svg = files.get(`social/spring-offer.${size}.svg`);
      expect(svg).toContain('data-color="#ffcc00"');
      expect(svg).not.toContain('shade');
    }
    expect(files.get('locales/en.yaml')).toContain('Sleep well at night');
    await leave(maya);
  });

  it('draws a sequence: steps change places and lead elsewhere, by mouse and by keys', async () => {
    const maya = await begin('A drawn sequence', 'Sequence');
    const { page } = maya;
    const step = (key: string) => page.locator(`.sequence-step[data-step="${key}"]`);
    const middle = async (target: Locator): Promise<[number, number]> => {
      const { x, y, width, height } = await boxOf(target);
      return [x + width / 2, y + height / 2];
    };
    /** Let go anywhere on it, as people do. */
    const draw = async (from: Locator, to: Locator) => {
      const { x, y, width, height } = await boxOf(to);
      await drag(maya, await middle(from), [x + width * 0.2, y + height * 0.8]);
    };
    /** Steps are known by their numbers, which follow their places. */
    const stands = (number: number, what: string) =>
      page.getByRole('group', { name: `${number} · ${what}`, exact: true }).waitFor();
    await stands(5, WORKSHOP);
    await page.getByRole('application', { name: 'The sequence as a calendar' }).scrollIntoViewIfNeeded();

    await drag(maya, await middle(step('workshop')), await middle(step('proof')));
    await stands(3, WORKSHOP);
    await stands(4, PROOF);
    await page.getByRole('group', { name: `7 · ${LAST_CALL}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `7 · ${LAST_CALL}` }).waitFor();
    await page.keyboard.press('ArrowUp');
    await stands(6, LAST_CALL);
    await page.getByRole('heading', { name: `6 · ${LAST_CALL}` }).waitFor();

    // The canvas has moved to the last step.
    await maya.press(maya.button('Show everything'));
    await step('welcome').hover();
    await draw(page.getByTitle('Draw from here to the step that comes next').first(), step('proof'));
    await page.getByRole('heading', { name: `1 · ${WELCOME}` }).waitFor();
    expect(await maya.field('Then').inputValue()).toBe('proof');

    await maya.press(maya.button('Add a step'));
    await maya.press(page.getByRole('menuitem', { name: 'Branch' }));
    await step('branch').waitFor();
    // The canvas has moved to the new step; the line leads to one above it.
    await maya.press(maya.button('Show everything'));
    await step('branch').hover();
    await draw(page.getByTitle('Draw from here to the step to which a new condition leads'), step('workshop'));
    const second = page.getByRole('group', { name: 'Condition 2' });
    await second.waitFor();
    expect(await second.getByLabel('Then').inputValue()).toBe('workshop');
    // What nothing leads to is a mistake, and is said so at once.
    await step('branch').getByText('1 error').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-drawn-sequence');
    await step('welcome').hover();
    await draw(page.getByTitle('Draw from here to the step that comes next').first(), step('branch'));
    await page.getByRole('heading', { name: `1 · ${WELCOME}` }).waitFor();
    await step('branch').getByText('1 error').waitFor({ state: 'detached' });
    const yaml = await saved(maya, 'campaign.yaml');
    expect([...yaml.matchAll(/^ +- \{ key: ([a-z-]+)/gm)].map(([, key]) => key)).toEqual([
      'welcome',
      'branch',
      'pause-one',
      'workshop',
      'proof',
      'pause-two',
      'last-call',
      'pause-three',
    ]);
    expect(yaml).toMatch(/key: welcome, email: welcome \}/);
    expect(yaml).toMatch(/\{ click: any, then: workshop \}/);

    await maya.press(maya.button('Undo'));
    await step('branch').getByText('1 error').waitFor();
    await leave(maya);
  });

  it('says who enters, in forms and on the canvas, and is told of a sequence that runs on', async () => {
    const maya = await begin('Who enters', 'Sequence');
    const { page } = maya;
    const canvas = page.getByRole('application', { name: 'The sequence as a calendar' });
    await canvas.getByTitle('List at launch').waitFor();
    await maya.press(page.getByRole('button', { name: 'Who enters' }));
    await maya.button('Add an entry').focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('group', { name: 'Entry form' });
    await form.getByLabel('Begins at').selectOption('workshop');
    await canvas.getByTitle('Sends the form').waitFor();
    await form.getByLabel('May enter again').focus();
    await page.keyboard.press('Space');
    expect(await saved(maya, 'campaign.yaml')).toMatch(
      /key: form,\s+form: any,\s+start: workshop,\s+reentry: \{ afterDays: 90 \}/,
    );
    // The list goes on where the form begins: said is wanted, unsaid is not.
    await maya.press(maya.button('End it here').first());
    await until(async () => (await saved(maya, 'campaign.yaml')).includes('next: end'));
    if (!(await form.isVisible())) await maya.press(page.getByRole('button', { name: 'Who enters' }));
    for (const scheme of ['light', 'dark'] as const)
      for (const width of [1440, 390] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 1100 });
        await form.scrollIntoViewIfNeeded();
        await maya.picture(`editor-entries-${width}-${scheme}`);
      }
    expect(await violations(page)).toEqual([]);
    await leave(maya);
  });

  it('writes every rule of a sequence in its forms, and is told at once what is wrong', async () => {
    const maya = await begin('Rules of a sequence', 'Sequence');
    const { page } = maya;
    const open = (part: string) => maya.press(page.getByRole('button', { name: part }));
    /** By keys: a part that is just opening moves away under the mouse. */
    const add = async (what: string): Promise<void> => {
      await maya.button(what).focus();
      await page.keyboard.press('Enter');
    };
    await maya.field('Daily limit per partner').fill('400');
    await open('Holidays and days without e-mails');
    await maya.field('Holidays of another country').selectOption({ label: 'Germany' });
    await add('Add blackout dates');
    await open('Exit rules, goals, re-entry');
    await add('Add exit rule');
    await maya.button('Remove exit rule 2').waitFor();
    await add('Add a goal');
    await page.getByLabel('Allow re-entry').focus();
    await page.keyboard.press('Space');
    await open('Lead rules and reminders');
    const lead = page.getByRole('region', { name: 'Lead rules and reminders' });
    await lead.getByLabel('Clicks make a contact a lead').focus();
    await page.keyboard.press('Space');
    await lead.getByLabel('Clicks per contact').fill('3');
    await lead.getByLabel('Only on these links').focus();
    await page.keyboard.press('ArrowDown');
    await maya.press(page.getByRole('option', { name: 'demo' }));
    await page.keyboard.press('Escape');
    await lead.getByText('Contacts with 3 clicks on demo within 14 days').waitFor();
    await lead.getByLabel('Remind the partner after', { exact: true }).fill('80');
    await lead.getByText('Enter a longer time than for the reminder').waitFor();
    await page.getByRole('region', { name: 'Rules of the sequence' }).getByRole('alert').first().waitFor();
    await maya.press(maya.button('Undo'));
    await lead.getByText('Not accepted after 24 hours: reminder.').waitFor();
    await lead.getByLabel('Remind the partner after', { exact: true }).fill('8');
    await lead.getByText('Not accepted after 8 hours: reminder.').waitFor();
    await lead.getByLabel('E-mail to the owners after: counted in').selectOption({ label: 'business days' });
    await lead.getByText('Not accepted after 3 business days: the owners get an e-mail.').waitFor();
    await open('What partners can change');
    const rules = page.getByRole('region', { name: 'Rules of the sequence' });
    await rules.getByLabel('Partners can', { exact: true }).selectOption({ label: 'Skip' });
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-rules');

    const step = (name: string) => page.getByRole('group', { name });
    await step(`1 · ${WELCOME}`).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('region', { name: 'Selected step' });
    await form.getByLabel('Partners can').selectOption({ label: 'Not change' });
    await step(`1 · ${WELCOME}`).getByText('locked').waitFor();
    const goal = page.getByRole('group', { name: 'Goal goal' });
    await goal.getByLabel('If').selectOption({ label: 'Event received by API' });
    await goal.getByLabel('Event').fill('Not A Name');
    await goal.getByLabel('Event').press('Enter');
    await rules.getByRole('alert').first().waitFor();
    await goal.getByLabel('Event').fill('meeting-booked');
    await goal.getByLabel('Event').press('Enter');
    await rules.getByRole('alert').first().waitFor({ state: 'hidden' });
    const yaml = await saved(maya, 'campaign.yaml');
    for (const line of [
      /dailyLimit: 400/,
      /leads: clicks: \{ count: 3, withinDays: 14, links: \[ demo \] \} remind: \{ hours: 8 \} escalate: \{ businessDays: 3 \}/,
      /holidays: \{ DE: \[/,
      /blackouts: \[ \{ from:/,
      /exits: \[ \{ reply: true \}, \{ lead: \[ new, accepted, working, won \] \}, \{ list: Customers \} \]/,
      /goals: \[ \{ key: goal, event: meeting-booked \} \]/,
      /reentry: \{ afterDays: 180 \}/,
      /partnerMay: \[ skip \]/,
      /key: welcome, email: welcome, partnerMay: \[ *\]/,
    ])
      expect(yaml.replaceAll(/\s+/g, ' ')).toMatch(line);
    await leave(maya);
  });
});
