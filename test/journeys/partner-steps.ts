import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AudienceView,
  BrandProfile,
  ContactLists,
  ContactPage,
  InvitationView,
  LogoUpload,
  OfferDetail,
  Offers,
  PartnerView,
} from '#contracts';
import { packageRoot } from '#kernel';
import { invitationToken } from './invitation-token.js';
import type { Journey } from './journey.js';
import { Person, upload } from './person.js';

const PASSWORD = 'a harbour in the evening';

/** A partner joins, fills in its profile, and launches. */
export function describePartnerSteps(on: () => Journey): void {
  it('lets a partner in by the link in an e-mail, once', async () => {
    const journey = on();
    const { marketer, url, versionIds } = journey;
    const email = 'rosa@quayside.example';
    const json = { organisationName: 'Quayside IT', email, countryCode: 'GB', tier: 'platinum', region: 'emea' };
    const { id } = await marketer.call('partners/invitations', PartnerView, { method: 'POST', json });
    const token = await invitationToken(journey.scene.installation, email);
    const invited = new Person(url);
    const invitation = await invited.call(`invitations/${token}`, InvitationView);
    expect(invitation).toMatchObject({ organisationName: 'Quayside IT', email, role: 'owner' });
    await invited.enter(`invitations/${token}/accept`, { name: 'Rosa Marsh', password: PASSWORD, sharesTotals: false });
    const again = { method: 'POST' as const, json: { name: 'Eve', password: 'another long password' } };
    await new Person(url).refusal(`invitations/${token}/accept`, again);
    journey.partner = await Person.signIn(url, email, PASSWORD);
    expect(await marketer.call(`partners/${id}`, PartnerView)).toMatchObject({ status: 'active' });
    const offered = (await journey.partner.call('offers', Offers)).items.map(({ versionId }) => versionId);
    expect(offered).toEqual(expect.arrayContaining(Object.values(versionIds)));
  });

  it('has a brand when its profile is filled in and its logo is uploaded', async () => {
    const { partner, scene } = on();
    expect((await partner.call('brand-profile', BrandProfile)).isComplete).toBe(false);
    const edit = { method: 'PUT' as const, json: brandOf(scene.timeZone), headers: { 'if-match': '"0"' } };
    await partner.call('brand-profile', BrandProfile, edit);
    expect(await partner.refusal('brand-profile', edit)).toMatchObject({ status: 412 });
    const text = upload('file', Buffer.from('this is no picture'), 'logo.png');
    expect((await partner.refusal('brand-profile/logo', { method: 'PUT', form: text })).status).toBe(422);
    const svg = readFileSync(join(packageRoot(), 'templates/seed/logos/brightwater.svg'));
    const logo = { method: 'PUT' as const, form: upload('file', svg, 'logo.svg') };
    const { profile } = await partner.call('brand-profile/logo', LogoUpload, logo);
    expect(profile).toMatchObject({ isComplete: true, missing: [] });
    const dark = await partner.bytes('brand-profile/logos/dark.png?width=320&height=120');
    expect(dark).toMatchObject({ type: 'image/png' });
  });

  it('takes contacts from a spreadsheet and says what it left out', async () => {
    const journey = on();
    const rows = journey.customers.map((email, at) => `${email};${at === 1 ? 'Cora' : ''};Harbour Logistics`);
    const odd = ['customer1@harbour-logistics.example;Again;Harbour', 'no address at all;X;Y', '=1+1;X;Y'];
    const done = await journey.import('Customers', `E-Mail;Vorname;Firma\r\n${[...rows, ...odd].join('\r\n')}\r\n`);
    expect(done).toMatchObject({ status: 'completed', delimiter: ';', counts: { created: 10 } });
    expect(done.problems.map(({ row }) => row)).toEqual(expect.arrayContaining([13, 14]));
    const { items } = await journey.partner.call(`contacts?listId=${done.listId}`, ContactPage);
    expect(items.map(({ email }) => email).sort()).toEqual([...journey.customers].sort());
  });

  it('shows every asset in the brand of the partner before anything is launched', async () => {
    const { partner, versionIds } = on();
    const offer = await partner.call(`offers/${versionIds.main}`, OfferDetail);
    expect(offer.missing).toEqual([]);
    const preview = `offers/${versionIds.main}/preview`;
    const files = offer.emails.flatMap(({ key }) => [`emails/${key}.html`, `emails/${key}.txt`]);
    for (const file of [...files, 'pages/landing.html'])
      expect([file, await partner.text(`${preview}/${file}`)]).toEqual([file, expect.stringContaining('Quayside IT')]);
    const pdf = await partner.bytes(`${preview}/documents/brochure.pdf`);
    expect([pdf.type, pdf.content.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    for (const { key } of offer.social) {
      const post = await partner.bytes(`${preview}/social/${key}/square.jpg`);
      expect([post.type, post.content.subarray(0, 2).toString('hex')]).toEqual(['image/jpeg', 'ffd8']);
    }
  });

  it('launches once, however often the same launch is asked for', async () => {
    const journey = on();
    const { partner, versionIds } = journey;
    const lists = await partner.call('contact-lists', ContactLists);
    const listId = lists.items.find(({ name }) => name === 'Customers')?.id ?? '';
    const versionId = versionIds.main;
    const audience = await partner.call(`offers/${versionId}/audience?listId=${listId}`, AudienceView);
    expect(audience).toMatchObject({ total: 10, willGet: 10 });
    const intro = { kind: 'paragraphs', blocks: [[{ text: 'We are your neighbours at the quay.' }]] };
    const key = 'first-launch-of-quayside';
    const launched = await Promise.all(
      [1, 2, 3].map(() => journey.launch({ versionId, listId, slots: { intro } }, key)),
    );
    journey.activationId = launched[0]?.id ?? '';
    expect(new Set(launched.map(({ id }) => id)).size).toBe(1);
    const other = { method: 'POST' as const, json: { versionId, listId }, headers: { 'idempotency-key': key } };
    expect(await partner.refusal('activations', other)).toMatchObject({ code: 'launch.key-reused', status: 409 });
  });
}

/** A complete brand profile of Quayside IT. */
export function brandOf(timeZone: string): object {
  return {
    name: 'Quayside IT',
    legalName: 'Quayside IT Ltd',
    legalLine: null,
    postalAddress: '1 Quay Street\nBristol BS1 4DJ\nUnited Kingdom',
    countryCode: 'GB',
    timeZone,
    website: 'https://www.quayside.example',
    privacyUrl: 'https://www.quayside.example/privacy',
    contact: { name: 'Rosa Marsh', title: null, phone: null, email: 'rosa@quayside.example' },
    colours: {
      primary: '#7a1fa2',
      onPrimary: '#ffffff',
      secondary: '#f3e8f8',
      onSecondary: '#2b0a3a',
      link: '#7a1fa2',
    },
    locales: {},
  };
}
