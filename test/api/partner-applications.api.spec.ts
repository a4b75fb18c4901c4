import { DAY_MS, type VendorId } from '#kernel';
import { type ApplicationId, ApplicationRequests, Applications } from '#joining';
import { type Browser, createTestApi, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';

const NOBODY = { countries: [], domains: [] };
const RULES = { accept: NOBODY, refuse: NOBODY, tier: '', region: '', refusal: '' };
const FORM = { isOpen: true, introduction: { en: 'Sell with us.' }, questions: [], rules: RULES };

describe('the application of a company to become a partner', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;
  let slug: string;
  let companies = 0;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor('Fabrikam');
    marketer = await api.signIn(vendor.vendorId, 'marketer');
    slug = await openForm({});
  });
  afterAll(() => api.close());

  const openForm = async (changes: object): Promise<string> => {
    const { body } = await marketer.put('/api/v1/application-form', { ...FORM, ...changes }).expect(200);
    return body.url.split('/').at(-1);
  };
  const lettersTo = async (email: string): Promise<string[]> =>
    (
      await api.asOwner<{ body_text: string }>(
        'SELECT body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id',
        [email],
      )
    ).map(({ body_text }) => body_text);
  const send = (changes: object = {}) => {
    const email = `applicant@company-${++companies}.example`;
    const entered = { company: `Company ${companies}`, countryCode: 'GB', person: 'Ada', email, language: 'en' };
    const body = { ...entered, answers: {}, ...changes };
    return { email: body.email, sent: api.http.post(`/api/v1/applications/forms/${slug}`).send(body) };
  };
  const confirm = async (email: string) => {
    const links = (await lettersTo(email)).flatMap((letter) => /\/confirm\/([\w-]+)/.exec(letter)?.[1] ?? []);
    const token = links.at(-1);
    return api.http.post(`/api/v1/applications/confirmations/${token}`);
  };
  /** Runs the jobs of confirmed applications as the scheduler does after a crash: twice. */
  const runJobs = async (): Promise<void> => {
    const jobs = await api.asOwner<{ data: { applicationId: ApplicationId; vendorId: VendorId } }>(
      "DELETE FROM jobs.outbox WHERE job = 'joining.apply-rules' RETURNING data",
    );
    for (const { data } of [...jobs, ...jobs])
      await api.app.get(Applications, { strict: false }).receive(data.vendorId, data.applicationId);
  };
  const waiting = async (by = marketer) => (await by.get('/api/v1/applications').expect(200)).body;
  const applied = async (changes: object = {}): Promise<{ id: string; email: string }> => {
    const { email, sent } = send(changes);
    await sent.expect(202);
    expect((await confirm(email)).status).toBe(204);
    await runJobs();
    const [newest] = await api.asOwner<{ id: string }>(
      'SELECT id FROM joining.application WHERE email = $1 ORDER BY id DESC LIMIT 1',
      [email],
    );
    return { id: newest!.id, email };
  };

  it('reaches the vendor once its address is proved, and its owners by e-mail', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const { email, sent } = send({ website: 'www.company.example' });
    await sent.expect(202);
    expect((await waiting()).items.map((one: { email: string }) => one.email)).not.toContain(email);
    expect((await confirm(email)).status).toBe(204);
    expect((await confirm(email)).status).toBe(204);
    await runJobs();
    const { items } = await waiting();
    const [first] = items;
    expect(first).toMatchObject({ email, website: 'www.company.example', decision: null });
    expect((await lettersTo(owner.email)).join()).toContain(first.company);
    expect(await lettersTo(owner.email)).toHaveLength(1);
  });

  it('is mailed a link that repeats nothing of what was typed', async () => {
    const { email, sent } = send({ company: 'Cheap watches', person: 'Buy Now' });
    await sent.expect(202);
    const [letter] = await lettersTo(email);
    expect(letter).toContain('Fabrikam');
    expect(letter).not.toMatch(/Cheap|Buy/);
  });

  it.each([
    ['a sentence with a link', { company: 'Go to https://evil.example now' }, 'application.name-invalid', 'company'],
    ['a web address as the name of the person', { person: 'www.evil.example' }, 'application.name-invalid', 'person'],
    ['an answer to no question', { answers: { other: 'x' } }, 'application.question-unknown', 'answers.other'],
  ])('is refused with %s', async (_, changes, code, field) => {
    const { body } = await send(changes).sent;
    expect(body).toMatchObject({ code, field });
  });

  it('answers the vendor’s questions, in the language of the form', async () => {
    const question = { key: 'size', label: { en: 'How many people?', de: 'Wie viele Personen?' }, isRequired: true };
    await openForm({ questions: [question] });
    const refused = await send().sent.expect(422);
    expect(refused.body).toMatchObject({ code: 'application.answer-missing', field: 'answers.size' });
    const { id } = await applied({ answers: { size: '12' }, language: 'de' });
    await openForm({});
    const { items } = await waiting();
    expect(items.find((one: { id: string }) => one.id === id).answers).toEqual([
      { question: 'Wie viele Personen?', answer: '12' },
    ]);
  });

  it('that is accepted becomes an invitation, once', async () => {
    const { id, email } = await applied();
    const place = { tier: 'gold', region: 'emea' };
    const { body } = await marketer.post(`/api/v1/applications/${id}/accept`, place).expect(200);
    expect(body).toMatchObject({ decision: 'accepted', decidedBy: 'marketer person' });
    const again = await marketer.post(`/api/v1/applications/${id}/accept`, place).expect(409);
    expect(again.body.code).toBe('application.decided');
    const partner = await marketer.get(`/api/v1/partners/${body.partnerId}`).expect(200);
    expect(partner.body).toMatchObject({ status: 'invited', ...place });
    const [, token] = /\/invitation\/([\w-]+)/.exec((await lettersTo(email)).at(-1)!)!;
    await api.http
      .post(`/api/v1/invitations/${token}/accept`)
      .send({ name: 'Ada', password: PASSWORD, sharesTotals: false })
      .expect(200);
  });

  it('that is accepted twice at once is accepted once, and its invitation stays open', async () => {
    const { id, email } = await applied();
    const accept = () => marketer.post(`/api/v1/applications/${id}/accept`, { tier: 'gold', region: 'emea' });
    const answers = await Promise.all([accept(), accept(), accept()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { partnerId } = answers.find(({ status }) => status === 200)!.body;
    expect((await marketer.get(`/api/v1/partners/${partnerId}`).expect(200)).body.status).toBe('invited');
    const invitations = (await lettersTo(email)).flatMap((letter) => /\/invitation\/([\w-]+)/.exec(letter)?.[1] ?? []);
    expect(invitations).toHaveLength(1);
    await api.http.get(`/api/v1/invitations/${invitations[0]}`).expect(200);
  });

  it('that is refused tells the applicant the reason', async () => {
    const { id, email } = await applied();
    const reason = { reason: 'We have no budget for your region.' };
    const { body } = await marketer.post(`/api/v1/applications/${id}/refuse`, reason).expect(200);
    expect(body).toMatchObject({ decision: 'refused', ...reason });
    expect((await lettersTo(email)).at(-1)).toContain(reason.reason);
    await marketer.post(`/api/v1/applications/${id}/refuse`, {}).expect(409);
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
    const actions = log.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['application.received', 'application.refused']));
  });

  it('is decided at once by a rule; a rule that cannot invite leaves it to a person', async () => {
    const accept = { countries: ['GB'], domains: [] };
    const refuse = { countries: ['FR'], domains: ['gmx.de'] };
    await openForm({ rules: { accept, refuse, tier: 'silver', region: 'emea', refusal: 'Not in France.' } });
    const accepted = await applied();
    const refused = await applied({ countryCode: 'FR' });
    const provider = await applied({ email: `company.${companies}@gmx.de` });
    const mailbox = await applied({ email: `company.${companies}@gmail.com` });
    // Its invitation is open, so a second one cannot be sent.
    const blocked = await applied({ email: accepted.email });
    await openForm({});
    const { body } = await marketer.get('/api/v1/applications?state=decided').expect(200);
    const of = (id: string) => body.items.find((one: { id: string }) => one.id === id);
    expect(of(accepted.id)).toMatchObject({ decision: 'accepted', decidedBy: null });
    expect(of(refused.id)).toMatchObject({ decision: 'refused', reason: 'Not in France.' });
    expect(of(provider.id)).toMatchObject({ decision: 'refused' });
    expect((await lettersTo(refused.email)).filter((letter) => letter.includes('Not in France.'))).toHaveLength(1);
    const open = (await waiting()).items.map(({ id }: { id: string }) => id);
    expect(open).toEqual(expect.arrayContaining([mailbox.id, blocked.id]));
  });

  it('is accepted by no rule that could never match', async () => {
    const accept = { countries: [], domains: ['partners.contoso.com'] };
    const rules = { accept, refuse: NOBODY, tier: 'silver', region: 'emea', refusal: '' };
    const { body } = await marketer.put('/api/v1/application-form', { ...FORM, rules }).expect(422);
    expect(body).toMatchObject({ code: 'application-form.domain-below', field: 'rules.accept.domains' });
    expect(body.detail).toContain('Write contoso.com.');
  });

  it('needs an open form; a vendor sees no application of another', async () => {
    const { id } = await applied();
    const other = await api.signIn((await api.aVendor('Tailspin')).vendorId, 'marketer');
    expect(await waiting(other)).toMatchObject({ items: [], waiting: 0 });
    await other.post(`/api/v1/applications/${id}/accept`, { tier: 'a', region: 'b' }).expect(404);
    await openForm({ isOpen: false });
    await api.http.get(`/api/v1/applications/forms/${slug}`).expect(410);
    expect((await send().sent.expect(410)).body.code).toBe('application-form.closed');
    await openForm({});
    const shown = await api.http.get(`/api/v1/applications/forms/${slug}`).expect(200);
    expect(shown.body).toEqual({ vendorName: 'Fabrikam', introduction: FORM.introduction, questions: [] });
  });

  it('is deleted if its address is not proved within a week, a year after the decision, and a year after the proof', async () => {
    const { email, sent } = send();
    await sent.expect(202);
    const decided = await applied();
    await marketer.post(`/api/v1/applications/${decided.id}/refuse`, {}).expect(200);
    const undecided = await applied();
    const left = async (): Promise<string[]> =>
      (await api.asOwner<{ email: string }>('SELECT email FROM joining.application')).map((one) => one.email);
    const requests = api.app.get(ApplicationRequests, { strict: false });
    api.clock.advance(7 * DAY_MS + 1);
    const late = await confirm(email);
    expect(late.body.code).toBe('application.link-gone');
    await requests.deleteOld();
    expect(await left()).not.toContain(email);
    expect(await left()).toEqual(expect.arrayContaining([decided.email, undecided.email]));
    const stays = await applied();
    api.clock.advance(364 * DAY_MS);
    await requests.deleteOld();
    expect(await left()).toContain(stays.email);
    expect(await left()).not.toContain(decided.email);
    expect(await left()).not.toContain(undecided.email);
  });
});
