import sharp from 'sharp';
import { SendPolicy } from '#contacts';
import { type ContactId, systemActor, DAY_MS, MINUTE_MS } from '#kernel';
import { BRAND_PROFILE, publish, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('an opt-in that has to be confirmed', () => {
  let stage: TestProduct;
  let page: string;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct({}, { notifications: 1, imports: 1 });
    page = (await stage.running()).pagePath;
    await stage.partner.owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
  });
  afterAll(() => stage.close());

  const anAddress = (): string => `asked${people++}@customer.example`;
  const send = (email: string, at = page) =>
    stage.api.http.post(`${at}/form`).type('form').send({ email, consent: 'yes' }).expect(200);
  const linkTo = async (email: string): Promise<string> => {
    await until(() => stage.mails.to(email).length > 0, 'the mail');
    return new URL(/https?:\S+\/confirm\/\S+/.exec(stage.mails.to(email).at(-1)!.text!)![0]).pathname;
  };
  const contactOf = async (email: string): Promise<{ id: ContactId; consent: Record<string, unknown>[] }> => {
    const { body } = await stage.partner.owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    return (await stage.partner.owner.get(`/api/v1/contacts/${body.items[0].id}`).expect(200)).body;
  };
  const decisionOf = async (email: string): Promise<unknown> => {
    const { id } = await contactOf(email);
    const actor = systemActor('test', { partnerId: stage.partner.id });
    const policy = stage.api.app.get(SendPolicy, { strict: false });
    return (await policy.decide(actor, stage.vendor.vendorId, [id], stage.api.clock.now())).get(id);
  };

  it.each([
    ['DE', true],
    ['AT', true],
    ['GB', false],
  ])('is asked by a partner in %s that has chosen nothing: %s', async (country, doubleOptIn) => {
    const { id, owner } = await stage.aCompletePartner();
    await stage.api.asOwner('UPDATE organisations.organisation SET country_code = $2 WHERE id = $1', [id, country]);
    const { body } = await owner.get('/api/v1/consent-rule').expect(200);
    expect(body).toMatchObject({ doubleOptIn, countries: [] });
    await owner.put('/api/v1/consent-rule', { doubleOptIn: !doubleOptIn }).expect(200);
    expect((await owner.get('/api/v1/consent-rule').expect(200)).body).toMatchObject({ doubleOptIn: !doubleOptIn });
  });

  it('is asked only in the countries that the partner names, and of who names none', async () => {
    const rule = { doubleOptIn: true, countries: ['DE', 'AT', 'DE'] };
    const { body } = await stage.partner.owner.put('/api/v1/consent-rule', rule).expect(200);
    expect(body).toMatchObject({ doubleOptIn: true, countries: ['AT', 'DE'] });
    const zip = await wholeCampaign('countries', undefined, { form: { fields: ['email', 'country'] } });
    const open = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    const { versionId } = await publish(stage.vendor, zip, open);
    const { pagePath } = await stage.running(stage.partner.owner, { versionId });
    const isAsked = async (country: string, email = anAddress(), at = pagePath): Promise<boolean> => {
      const form = { email, country, consent: 'yes' };
      const { text } = await stage.api.http.post(`${at}/form`).type('form').send(form).expect(200);
      return text.includes('please confirm your address');
    };
    const answers = await Promise.all(['Germany', 'at', 'France', '', 'Nowhere'].map((country) => isAsked(country)));
    expect(answers).toEqual([true, true, false, true, true]);
    // Nobody states a country in a form that does not ask for one.
    expect(await isAsked('France', anAddress(), page)).toBe(true);
    // What is kept of a contact decides nothing: the page would tell a stranger
    // that there is one.
    const known = anAddress();
    const french = { email: known, country: 'FR', consent: { basis: 'customer' } };
    await stage.partner.owner.post('/api/v1/contacts', french).expect(201);
    expect(await isAsked('', known)).toBe(true);
    await stage.partner.owner.put('/api/v1/consent-rule', { doubleOptIn: true, countries: ['Germany'] }).expect(422);
    await stage.partner.owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
  });

  it('asks by a mail in the partner’s name and waits, and reading the page changes nothing', async () => {
    const email = anAddress();
    const { text } = await send(email);
    expect(text).toContain('please confirm your address');
    const path = await linkTo(email);
    const [mail] = stage.mails.to(email);
    expect(mail!.from!.text).toContain('Brightwater IT');
    expect(mail!.subject).toContain('Brightwater IT');
    for (let n = 0; n < 3; n++)
      expect((await stage.api.http.get(path).expect(200)).text).toContain('<form method="post">');
    await stage.api.http.head(path);
    expect((await contactOf(email)).consent).toMatchObject([{ basis: 'pending' }]);
    expect(await decisionOf(email)).toEqual({ send: false, reason: 'opt-in-pending' });
  });

  it('looks like the partner’s own: its logo for everybody to fetch, and its colours', async () => {
    const email = anAddress();
    await send(email);
    await linkTo(email);
    const html = stage.mails.to(email)[0]!.html as string;
    const [, address = ''] = /<img src="([^"]+)" alt="Brightwater IT"/.exec(html) ?? [];
    const { headers, body } = await stage.api.http.get(new URL(address).pathname).expect(200);
    expect(headers['content-type']).toBe('image/png');
    expect((body as Buffer).subarray(1, 4).toString()).toBe('PNG');
    // Opaque, on white: a transparent dark logo is lost where a mail program makes letters dark.
    const { data, info } = await sharp(body as Buffer)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.channels, ...data.subarray(0, 3)]).toEqual([3, 255, 255, 255]);
    expect(html).toContain(BRAND_PROFILE.colours.primary);
    expect(html).not.toContain('<script');
  });

  it('counts once it is confirmed, with what was shown and when as its evidence', async () => {
    const email = anAddress();
    await send(email);
    const path = await linkTo(email);
    for (let n = 0; n < 2; n++) expect((await stage.api.http.post(path).expect(200)).text).toContain('role="status"');
    const { consent, id } = await contactOf(email);
    const form = { language: 'en', page: `${stage.api.config.PUBLIC_URL}${page}`, confirmation: 'partner' };
    expect(consent).toMatchObject([
      { basis: 'opt-in', source: 'double opt-in', form },
      { basis: 'pending', form },
    ]);
    const shown = /<label for="tc-consent">([^<]+)</.exec((await stage.api.http.get(page)).text)![1]!;
    expect(consent[0]!['evidence']).toMatch(
      new RegExp(`^${shown.replace(/[.*+?^$()|[\]\\]/g, '\\$&')} \\(asked 20.*, confirmed 20`),
    );
    expect(await decisionOf(email)).toMatchObject({ send: true, basis: 'opt-in', rules: 2 });
    const { body: file } = await stage.partner.owner.get(`/api/v1/contacts/${id}/data-export`).expect(200);
    expect(file.optIns).toMatchObject([
      { textShown: shown, requestedFromHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(JSON.stringify(file)).not.toContain('127.0.0.1');
  });

  it('asks in the person’s language', async () => {
    const email = anAddress();
    await stage.partner.owner.post('/api/v1/contacts', { email, language: 'de' }).expect(201);
    await send(email);
    const path = await linkTo(email);
    expect(stage.mails.to(email)[0]!.subject).toContain('bestätigen');
    expect((await stage.api.http.get(path).expect(200)).text).toContain('<html lang="de" dir="ltr">');
  });

  it('sends nobody more than three mails a day, nor two at once, and the newest link works', async () => {
    const email = anAddress();
    await Promise.all([send(email), send(email), send(email)]);
    const counted = async (): Promise<number> =>
      (
        await stage.api.asOwner<{ mails: number }>(
          'SELECT o.mails FROM contacts.opt_in o JOIN contacts.contact c ON c.id = o.contact_id WHERE c.email = $1',
          [email],
        )
      )[0]!.mails;
    expect(await counted()).toBe(1);
    for (let n = 0; n < 5; n++) {
      stage.api.clock.advance(3 * MINUTE_MS);
      await send(email);
    }
    await until(() => stage.mails.to(email).length === 3, 'three mails');
    expect(await counted()).toBe(3);
    stage.api.clock.advance(DAY_MS + MINUTE_MS);
    await send(email);
    await until(() => stage.mails.to(email).length === 4, 'a fourth mail');
    expect((await stage.api.http.post(await linkTo(email)).expect(200)).text).toContain('You will now receive e-mails');
  });

  it('confirms nothing after seven days, and says what to do', async () => {
    const email = anAddress();
    await send(email);
    const path = await linkTo(email);
    stage.api.clock.advance(7 * DAY_MS + MINUTE_MS);
    for (const answer of [await stage.api.http.get(path), await stage.api.http.post(path)])
      expect(answer.text).toContain('fill in the form again');
    expect((await contactOf(email)).consent).toMatchObject([{ basis: 'pending' }]);
  });

  it('is not made by an import; that somebody is a customer is', async () => {
    const email = anAddress();
    await send(email);
    const bring = async (basis: string): Promise<void> => {
      const csv = Buffer.from(`email\n${email}\n`);
      const { body } = await stage.partner.owner
        .post('/api/v1/contact-imports')
        .field('consentBasis', basis)
        .attach('file', csv, `${basis}.csv`)
        .expect(202);
      await until(
        async () => (await stage.partner.owner.get(`/api/v1/contact-imports/${body.id}`)).body.finishedAt !== null,
        'the import',
      );
    };
    await bring('opt-in');
    await bring('legitimate-interest');
    expect(await decisionOf(email)).toEqual({ send: false, reason: 'opt-in-pending' });
    await bring('customer');
    expect(await decisionOf(email)).toMatchObject({ send: true, basis: 'customer' });
  });

  it('leaves a customer a customer without asking, and asks nobody who does not want it', async () => {
    const [customer, leaver] = [anAddress(), anAddress()];
    await stage.partner.owner.post('/api/v1/contacts', { email: customer, consent: { basis: 'customer' } }).expect(201);
    await stage.partner.owner.post('/api/v1/suppressions', { email: leaver }).expect(201);
    await send(leaver);
    await send(customer);
    const unknown = anAddress();
    await send(unknown);
    await linkTo(unknown);
    expect(await decisionOf(customer)).toMatchObject({ send: true, basis: 'customer' });
    expect(stage.mails.to(leaver)).toHaveLength(0);
    expect(stage.mails.to(customer)).toHaveLength(0);
  });

  it('is demanded by a vendor’s page, too, where the partner demands nothing', async () => {
    const other = await stage.aCompletePartner(stage.vendor, { name: 'Kessler' });
    const zip = await wholeCampaign('doubly', undefined, { form: { doubleOptIn: true } });
    const open = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) };
    const { versionId } = await publish(stage.vendor, zip, open);
    const { pagePath, path } = await stage.running(other.owner, { versionId });
    const email = anAddress();
    await send(email, pagePath);
    expect((await stage.api.http.post(await linkTo(email)).expect(200)).text).toContain('Kessler');
    // After the end of the campaign, a website shows a form of the partner.
    await other.owner.post(`${path}/stop`, {}).expect(200);
    const later = anAddress();
    await stage.api.http
      .post(`${pagePath}/embed/form?embed=frame`)
      .type('form')
      .send({ email: later, consent: 'yes' })
      .expect(200);
    expect((await stage.api.http.post(await linkTo(later)).expect(200)).text).toContain('Kessler');
  });

  it('knows no made-up link, and none under another’s page', async () => {
    const email = anAddress();
    await send(email);
    const path = await linkTo(email);
    const other = await stage.aCompletePartner(stage.vendor, { name: 'Contoso Partner' });
    const elsewhere = (await stage.running(other.owner, { versionId: (await stage.anotherCampaign()).versionId }))
      .pagePath;
    const token = path.split('/').at(-1)!;
    for (const made of [`${page}/confirm/${token.slice(0, -2)}xx`, `${elsewhere}/confirm/${token}`])
      await stage.api.http.post(made).set('Accept', 'application/json').expect(404);
    expect((await contactOf(email)).consent).toMatchObject([{ basis: 'pending' }]);
  });

  it('says under which law a consent stands, and where that is known from', async () => {
    const consentOf = async (input: object): Promise<unknown> => {
      const email = anAddress();
      await stage.partner.owner.post('/api/v1/contacts', { email, ...input }).expect(201);
      return (await contactOf(email)).consent[0];
    };
    const customer = { basis: 'customer' };
    expect(await consentOf({ consent: { ...customer, jurisdiction: 'ca-qc' }, country: 'US' })).toMatchObject({
      jurisdiction: 'CA-QC',
      jurisdictionSource: 'stated',
    });
    expect(await consentOf({ consent: customer, country: 'US' })).toMatchObject({
      jurisdiction: 'US',
      jurisdictionSource: 'contact',
    });
    expect(await consentOf({ consent: customer })).toMatchObject({ jurisdiction: null, jurisdictionSource: null });
  });
});
