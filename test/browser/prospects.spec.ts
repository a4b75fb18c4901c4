import { join } from 'node:path';
import qrcode from 'qrcode';
import { ActivationDetail, ContactDetail, ContactList, Offers } from '#contracts';
import { DAY_MS, HOUR_MS, packageRoot } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { Portal, type Visitor } from './portal.js';
import { publishCampaign } from './publish-campaign.js';

const PASSWORD = 'northwind demo';
/** White modules around a QR code. */
const QUIET = 4;

describe('a prospect, in a browser', () => {
  let portal: Portal;
  let olivia: Person;
  let launches = 0;
  beforeAll(async () => {
    portal = await Portal.open();
    olivia = await Person.signIn(portal.standalone.url, 'olivia@brightwater.example', PASSWORD);
  });
  afterAll(() => portal.close());

  const launch = async (title: string, include: readonly string[]): Promise<ActivationDetail> => {
    const { items } = await olivia.call('offers', Offers);
    launches += 1;
    return olivia.call('activations', ActivationDetail, {
      method: 'POST',
      json: {
        versionId: items.find((offer) => offer.title === title)?.versionId,
        lists: { include, exclude: [] },
        locale: 'en',
      },
      headers: { 'idempotency-key': `prospects-${launches}` },
    });
  };
  const mailsTo = async (email: string, count: number) => {
    const { mailbox } = portal.standalone;
    await until(async () => (await mailbox.mailsTo(email)).length >= count, `${count} mails to ${email}`);
    return mailbox.mailsTo(email);
  };
  /** Moves time past the next hours in which the campaign sends. */
  const later = async (ms: number): Promise<void> =>
    portal.standalone.reach(new Date((await portal.standalone.now()).getTime() + ms));

  it('comes by a QR code, sends the form, and gets the first follow-up and the second', async () => {
    const { id, pageUrl } = await launch('Cloud cost clarity', []);
    const vera = await portal.visit('/');
    const picture = await olivia.text(`activations/${id}/page-code.svg`);
    const { pathname, search } = new URL(await readCode(vera, picture, `${pageUrl}?source=qr`));
    await vera.page.goto(pathname + search);
    await vera.page.locator('#tc-email').waitFor();
    expect(await violations(vera.page)).toEqual([]);
    await vera.picture('prospect-page');
    const email = 'vera@harbour.example';
    await vera.page.locator('#tc-email').fill(email);
    await vera.page.locator('#tc-consent').check();
    await vera.page.locator('.tc-form button').click();
    await vera.page.getByRole('status').waitFor();
    // At most a weekend until the campaign sends.
    await later(3 * DAY_MS);
    const [first] = await mailsTo(email, 1);
    expect(first?.subject).toContain('last three bills');
    await later(12 * DAY_MS);
    const [, second] = await mailsTo(email, 2);
    expect(second?.subject).toContain('One number');
    await later(30 * DAY_MS);
    expect(await mailsTo(email, 2)).toHaveLength(2);
    const [entered] = await portal.standalone.asOwner<{ entry: string; source: string }>(
      'SELECT e.entry_key AS entry, e.source FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id WHERE c.email = $1',
      [email],
    );
    expect(entered).toEqual({ entry: 'answer', source: 'qr' });
    await vera.leave();
  });

  it('sees the page for its industry by its personal link, and everybody else sees the other one', async () => {
    await publishCampaign(portal.standalone.url, await portal.standalone.now(), await variantsPackage());
    const list = await olivia.call('contact-lists', ContactList, { method: 'POST', json: { name: 'Two industries' } });
    const people = { finance: 'fay@bank.example', retail: 'rob@shop.example' } as const;
    for (const [industry, email] of Object.entries(people))
      await olivia.call('contacts', ContactDetail, {
        method: 'POST',
        json: { email, firstName: 'Fay', industry, listIds: [list.id], consent: { basis: 'customer' } },
      });
    const { pageUrl } = await launch('Pages for everybody', [list.id]);
    await later(3 * DAY_MS);
    const shown = async (path: string): Promise<boolean[]> => {
      const reader = await portal.visit(path, { width: 390 });
      await reader.page.locator('.tc-form').waitFor();
      const text = await reader.page.locator('main').innerText();
      await reader.leave();
      return ['For banks', 'For all others'].map((part) => text.includes(part));
    };
    const personalLink = async (email: string): Promise<string> => {
      const [mail] = await mailsTo(email, 1);
      const links = [...String(mail?.html).matchAll(/href="([^"]*\/l\/[^"]*)"/g)].map(
        ([, link = '']) => new URL(link).pathname,
      );
      for (const link of new Set(links)) {
        const answer = await fetch(portal.standalone.url + link, { redirect: 'manual' });
        const to = new URL(answer.headers.get('location') ?? pageUrl);
        if (to.pathname === new URL(pageUrl).pathname) return link;
      }
      throw new Error('No link of the mail leads to the page.');
    };
    // Programs follow links in the first minute.
    await later(HOUR_MS);
    expect(await shown(await personalLink(people.finance))).toEqual([true, false]);
    expect(await shown(await personalLink(people.retail))).toEqual([false, true]);
    expect(await shown(new URL(pageUrl).pathname)).toEqual([false, true]);
  });
});

/**
 * Reads the modules of a QR code from its picture, as Chromium draws it, and
 * compares them with those of the URL.
 * @returns the URL.
 * @throws Error if the picture is of another one.
 */
async function readCode(reader: Visitor, svg: string, url: string): Promise<string> {
  const { modules } = qrcode.create(url, { errorCorrectionLevel: 'M' });
  const width = modules.size + 2 * QUIET;
  await reader.page.goto('about:blank');
  const drawn = await reader.page.evaluate<boolean[]>(`(async (picture, size, scale) => {
    const image = new Image();
    image.src = 'data:image/svg+xml;base64,' + btoa(picture);
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size * scale;
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return Array.from({ length: size * size }, (_, at) => {
      const [x, y] = [(at % size) * scale + scale / 2, Math.floor(at / size) * scale + scale / 2];
      return context.getImageData(x, y, 1, 1).data[0] < 128;
    });
  })(${JSON.stringify(svg)}, ${width}, 6)`);
  const isDark = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < modules.size && column < modules.size && modules.get(row, column) !== 0;
  const wanted = drawn.map((_, at) => isDark(Math.floor(at / width) - QUIET, (at % width) - QUIET));
  if (drawn.some((dark, at) => dark !== wanted[at])) throw new Error(`The picture is not the code of ${url}.`);
  return url;
}

/** The shipped campaign with a page that has a part for banks. */
function variantsPackage(): Promise<Buffer> {
  const part =
    '<tc-when industry="finance"><p>For banks: who could have reached the payment zone.</p><tc-else><p>For all others: one view of it.</p></tc-else></tc-when>';
  return zipFolder(join(packageRoot(), 'templates/zero-trust-edge'), {
    'campaign.yaml': (text) =>
      text
        .replace('name: zero-trust-edge', 'name: pages-for-everybody')
        .replace(/title: \{ en: '[^']*'/, "title: { en: 'Pages for everybody'"),
    'pages/landing.html': (text) => text.replace('<tc-form></tc-form>', `${part}<tc-form></tc-form>`),
  });
}
