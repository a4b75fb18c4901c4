import { simpleParser } from 'mailparser';
import sharp from 'sharp';
import { SystemMailDelivery } from '../../apps/scheduler/src/system-mail-delivery.service.js';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, type TestApi } from '../support/api.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';

const PATH = '/api/v1/brand-kit';
const svg = (inner: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">${inner}</svg>`);
const LOGO = svg('<rect width="300" height="80" rx="12" fill="#0b5cad"/><circle cx="40" cy="40" r="24" fill="#fff"/>');

describe('the API of a vendor’s brand', () => {
  let api: TestApi;
  let sink: MailSink;
  let owner: Browser;
  let marketer: Browser;
  let analyst: Browser;
  let partner: Browser;
  let letters = 0;

  beforeAll(async () => {
    sink = await openMailSink();
    api = await createTestApi({
      with: [RendererModule, SchedulerModule],
      consume: { rendering: 2 },
      environment: { SMTP_URL: sink.url },
    });
  });
  beforeEach(async () => {
    const of = await api.aVendor();
    owner = await api.signIn(of.vendorId, 'owner');
    marketer = await api.signIn(of.vendorId, 'marketer');
    analyst = await api.signIn(of.vendorId, 'analyst');
    partner = await api.signIn(await api.aPartner(of), 'owner');
  });
  afterAll(async () => {
    await api.close();
    await sink.close();
  });

  const edit = (etag: string, primary: string | null, by = owner) =>
    by.put(PATH, { colours: primary === null ? null : { primary } }).set('If-Match', etag);
  const upload = (bytes: Buffer, name = 'logo.svg', by = owner) => by.put(`${PATH}/logo`).attach('file', bytes, name);

  /** The invitation of a new partner, as the relay got it. */
  const invitation = async (): Promise<{ html: string; images: { cid: string; bytes: Buffer }[]; raw: string }> => {
    const email = `invited-${++letters}@example.com`;
    const facts = { organisationName: `Partner ${letters}`, email, countryCode: 'GB', tier: 'gold', region: 'emea' };
    await marketer.post('/api/v1/partners/invitations', facts).expect(201);
    const [row] = await api.asOwner<{ id: string }>(
      `SELECT set_config('throughline.system', 'on', false), id FROM identity.system_mail WHERE recipient = $1`,
      [email],
    );
    await api.app.get(SystemMailDelivery, { strict: false }).deliver(row!.id);
    const { raw } = sink.to(email)[0]!;
    // Without `cid:` being replaced by data.
    const mail = await simpleParser(raw, { skipImageLinks: true });
    const images = mail.attachments.map(({ cid, content }) => ({ cid: cid ?? '', bytes: content }));
    return { html: mail.html === false ? '' : mail.html, images, raw: raw.toString('latin1') };
  };

  it('begins with the product’s look', async () => {
    const { body, headers } = await analyst.get(PATH).expect(200);
    expect(headers['etag']).toBe('"0"');
    expect(body).toMatchObject({
      version: 0,
      colours: null,
      logo: null,
      feedback: [],
      design: { palette: [], button: null },
    });
    const { html, images } = await invitation();
    expect(html).toContain('#0f766e');
    expect(html).not.toContain('<img');
    expect(images).toEqual([]);
  });

  it('has colours, fonts, a button style and legal texts, and refuses what would break out of an attribute', async () => {
    const design = {
      palette: [{ name: 'Night', value: '#0b1f3a' }],
      fonts: { heading: { family: 'Inter', fallback: 'sans' }, text: null },
      button: { radius: 8, paddingX: 24, paddingY: 12, isBold: true },
      defaultBlockIds: [],
      legalTexts: [{ country: 'DE', language: 'de', text: 'Northwind GmbH, HRB 1' }],
    };
    const body = { colours: { primary: '#0b5cad' }, design };
    expect((await owner.put(PATH, body).set('If-Match', '"0"').expect(200)).body.design).toEqual(design);
    expect((await edit('"1"', '#7a1fa2').expect(200)).body.design).toEqual(design);
    const fonts = { ...design.fonts, text: { family: 'x"; src="https://x.example', fallback: 'sans' } };
    await owner
      .put(PATH, { ...body, design: { ...design, fonts } })
      .set('If-Match', '*')
      .expect(422);
  });

  it('is in the mails in the vendor’s name: logo and colour, from nowhere else, until they are removed', async () => {
    await edit('"0"', '#7a1fa2', marketer).expect(200);
    const { body } = await upload(LOGO, 'logo.svg', marketer).expect(200);
    expect(body).toMatchObject({ version: 2, colours: { primary: '#7a1fa2', onPrimary: '#ffffff', link: '#7a1fa2' } });
    const { html, images, raw } = await invitation();
    expect(html).toContain('background:#7a1fa2');
    expect(html).not.toContain('#0f766e');
    expect(html.match(/(?:src|background)="[^"]*"/g)).toEqual(['src="cid:brand-logo@throughline"']);
    expect(html).not.toContain('url(');
    expect(raw).toContain('multipart/related');
    expect(images.map(({ cid }) => cid)).toEqual(['brand-logo@throughline']);
    const { width, height, hasAlpha } = await sharp(images[0]!.bytes).metadata();
    expect(hasAlpha).toBe(false);
    expect(html).toContain(`width="${width / 2}" height="${height / 2}"`);
    const { dominant } = await sharp(images[0]!.bytes).stats();
    expect(dominant.b).toBeGreaterThan(dominant.r);
    await owner.delete(`${PATH}/logo`).expect(204);
    await owner.delete(`${PATH}/logo`).expect(204);
    const named = await invitation();
    expect(named.images).toEqual([]);
    expect(named.html).toContain('color:#7a1fa2;">Northwind');
    await edit('"3"', null).expect(200);
    expect((await invitation()).html).toContain('#0f766e');
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
    const actions = log.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['brand-kit.changed', 'brand-kit.logo-uploaded']));
    expect(actions).toContain('brand-kit.logo-removed');
  });

  it('shows a white logo dark on its white plate', async () => {
    const { body } = await upload(svg('<rect width="300" height="80" rx="30" fill="#ffffff"/>')).expect(200);
    expect(body.logo.feedback.length).toBeGreaterThan(0);
    const { images } = await invitation();
    const { channels } = await sharp(images[0]!.bytes).stats();
    expect(channels[0]!.min).toBeLessThan(128);
    expect(channels[0]!.max).toBe(255);
  });

  it('takes its colour from the logo, unless one was chosen', async () => {
    const first = await upload(LOGO).expect(200);
    expect(first.body.colours.primary).toBe(first.body.logo.palette[0]);
    await edit('"1"', '#7a1fa2').expect(200);
    expect((await upload(LOGO).expect(200)).body.colours.primary).toBe('#7a1fa2');
  });

  it('keeps text readable where the colour is too pale, and says so', async () => {
    const { body } = await edit('"0"', '#ffdd00').expect(200);
    expect(body.colours).toMatchObject({ primary: '#ffdd00', onPrimary: '#000000' });
    expect(body.feedback).toMatchObject([{ code: 'kit-contrast-low', suggestion: body.colours.link }]);
    const { html } = await invitation();
    expect(html).toContain('background:#ffdd00');
    expect(html).toContain(`color:${body.colours.link};">Northwind`);
  });

  it('refuses what is no colour and an older version, with the field and the way out', async () => {
    const { body } = await edit('"0"', 'red;}').expect(422);
    expect(body).toMatchObject({ code: 'brand-kit.colour-invalid', field: 'colours.primary' });
    await edit('"0"', '#7a1fa2').expect(200);
    expect((await edit('"0"', '#0b5cad').expect(412)).body.code).toBe('brand-kit.stale');
  });

  it.each([
    ['a renamed text file', () => Buffer.from('I am no picture'), 422, 'logo.type'],
    ['an SVG with a script', () => svg('<script>alert(1)</script>'), 422, 'logo.svg-active'],
    ['of more than 5 MB', () => Buffer.alloc(5 * 1024 * 1024 + 1), 413, null],
  ])('refuses a logo that is %s, and changes nothing', async (_, make, status, code) => {
    const { body } = await upload(make(), 'logo.png').expect(status);
    if (code !== null) expect(body).toMatchObject({ code, field: 'file' });
    expect((await owner.get(PATH)).body).toMatchObject({ version: 0, logo: null });
  });

  it('previews a mail with a colour to try, and draws the logo for each background', async () => {
    await owner.get(`${PATH}/logos/light.png`).expect(404);
    await upload(LOGO).expect(200);
    const { body } = await analyst.get(`${PATH}/mail-preview?primary=%237a1fa2`).expect(200);
    expect(body.html).toContain('background:#7a1fa2');
    expect(body.html).toContain('src="data:image/png;base64,');
    expect(body.senderName).toContain('Northwind');
    await analyst.get(`${PATH}/mail-preview?primary=nothing`).expect(422);
    for (const surface of ['light', 'dark']) {
      const image = await analyst.get(`${PATH}/logos/${surface}.png?width=150&height=60`).expect(200);
      expect(await sharp(image.body as Buffer).metadata()).toMatchObject({ width: 300, height: 120 });
    }
  });

  it('is changed by owners and marketers of the vendor alone, and seen by no partner', async () => {
    await edit('"0"', '#7a1fa2', analyst).expect(403);
    await upload(LOGO, 'logo.svg', analyst).expect(403);
    await partner.get(PATH).expect(403);
    await edit('"0"', '#7a1fa2', partner).expect(403);
    await partner.delete(`${PATH}/logo`).expect(403);
  });
});
