import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Mail {
  readonly recipient: string;
  readonly subject: string;
  readonly html: string;
  readonly sender: string | null;
}

describe('test e-mails of a campaign', () => {
  let stage: TestProduct;
  let path: string;
  beforeAll(async () => {
    stage = await openTestProduct();
    path = `/api/v1/campaigns/${stage.campaign.campaignId}/versions/1`;
  });
  afterAll(() => stage.close());

  const mails = (): Promise<Mail[]> =>
    stage.api.asOwner<Mail>(
      `SELECT recipient, subject, body_html AS html, sender_name AS sender FROM identity.system_mail
       WHERE subject LIKE '[Test]%' ORDER BY id`,
    );
  const ask = { key: 'welcome', locale: 'en', partnerId: null };

  it('go to the person who asks, as a partner’s customers get them, and come from the vendor', async () => {
    const { editor } = stage.vendor;
    const { body: preview } = await editor
      .get(`${path}/preview/emails/welcome?locale=en&partnerId=${stage.partner.id}`)
      .expect(200);
    const { body } = await editor.post(`${path}/test-mails`, { ...ask, partnerId: stage.partner.id }).expect(202);
    const [mail] = await mails();
    expect(mail).toMatchObject({ recipient: body.to[0], subject: `[Test] ${preview.subject}`, html: preview.html });
    expect(mail!.sender).toMatch(/ via Throughline$/);
    expect(preview.partnerName).not.toBe('');
    expect(mail!.sender).not.toContain(preview.partnerName);
  });

  it('go to colleagues only, with changes that are not saved', async () => {
    const { editor } = stage.vendor;
    const { body: team } = await editor.get('/api/v1/team').expect(200);
    const to = (team.items as { email: string }[]).map(({ email }) => email).slice(0, 2);
    const { body: files } = await editor.get(`${path}/files`).expect(200);
    const english = (files.files as { path: string; text: string }[]).find((file) => file.path === 'locales/en.yaml');
    const changes = { 'locales/en.yaml': english!.text.replace(/subject: .*/, 'subject: Quite another subject') };
    const { body } = await editor.post(`${path}/test-mails`, { ...ask, changes, to }).expect(202);
    expect(body.to.toSorted()).toEqual(to.toSorted());
    const sent = (await mails()).filter(({ subject }) => subject === '[Test] Quite another subject');
    expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual(to.toSorted());

    const before = (await mails()).length;
    const stranger = await editor.post(`${path}/test-mails`, { ...ask, to: [...to, 'x@customer.example'] });
    expect([stranger.status, stranger.body.code]).toEqual([422, 'test-mail.not-in-team']);
    expect(stranger.body.detail).toContain('x@customer.example');
    const six = Array.from({ length: 6 }, (_, at) => `a${at}@customer.example`);
    await editor.post(`${path}/test-mails`, { ...ask, to: six }).expect(422);
    expect(await mails()).toHaveLength(before);
  });

  it('are refused with the mistakes of the changes, and for an e-mail that there is not', async () => {
    const { editor } = stage.vendor;
    const mistaken = await editor.post(`${path}/test-mails`, { ...ask, changes: { 'locales/en.yaml': 'a: [' } });
    expect(mistaken.body).toMatchObject({ code: 'test-mail.unfinished', problems: [{ file: 'locales/en.yaml' }] });
    await editor.post(`${path}/test-mails`, { ...ask, key: 'nothing' }).expect(404);
  });

  it('of a partner show in whose name they come', async () => {
    const { owner } = stage.partner;
    const offer = `/api/v1/offers/${stage.campaign.versionId}`;
    const { body } = await owner.post(`${offer}/preview/emails/welcome/test`, { locale: 'en', slots: {} }).expect(202);
    const mail = (await mails()).find(({ recipient }) => recipient === body.to);
    const { body: brand } = await owner.get('/api/v1/brand-profile').expect(200);
    expect(mail?.sender).toBe(`${brand.name} via Throughline`);
  });
});
