import pg from 'pg';
import type { SessionView, SetUpChecklistView } from '#contracts';
import { FirstRuns, VendorFounding } from '#founding';
import { DAY_MS } from '#kernel';
import { LogoReader } from '#brand';
import { createVendor, listVendors, type VendorOptions } from '../../apps/cli/src/vendor-commands.js';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, openBrowser, PASSWORD, type TestApi } from '../support/api.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { until } from '../support/until.js';

const FIRST_RUN = '/api/v1/first-run';
const GOOD_PASSWORD = 'heron lantern gravel teapot';
const CONTOSO = {
  vendorName: 'Contoso',
  countryCode: 'DE',
  timeZone: 'Europe/Berlin',
  languages: ['de', 'en'],
  senderDomain: 'partners.contoso.example',
  colour: '#0f766e',
  name: 'Clara Contoso',
  email: 'clara@contoso.example',
  password: GOOD_PASSWORD,
  language: 'de',
};

describe('founding a vendor', () => {
  let api: TestApi;
  let mails: MailSink;
  /** What the mail server answers to all mails; null: it takes them. */
  let refusal: { code: number; text: string } | null = null;
  beforeAll(async () => {
    mails = await openMailSink(() => refusal);
    api = await createTestApi({
      with: [RendererModule, SchedulerModule],
      consume: { notifications: 1 },
      environment: { SMTP_URL: mails.url },
    });
  });
  afterAll(async () => {
    await api.close();
    await mails.close();
  });

  const newToken = async (): Promise<string> => (await api.app.get(FirstRuns).newToken()) ?? '';
  const found = (token: string, changes: object = {}) =>
    api.http.post(FIRST_RUN).send({ ...CONTOSO, ...changes, token });
  const vendors = async (): Promise<string[]> =>
    (await api.app.get(VendorFounding).list()).map(({ name }) => name).sort();

  describe('on the first-run page', () => {
    it('needs a token that a start has printed within 24 hours', async () => {
      await api.http.get(FIRST_RUN).expect(200);
      expect((await found('made-up').expect(403)).body).toMatchObject({
        code: 'first-run.token-invalid',
        field: 'token',
      });
      const token = await newToken();
      api.clock.advance(DAY_MS);
      await found(token).expect(403);
      const stored = await api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM founding.first_run_token');
      expect(stored).toEqual([{ n: 1 }]);
    });

    it.each([
      ['vendorName', { vendorName: 'Contoso https://evil.example' }],
      ['countryCode', { countryCode: 'XX' }],
      ['timeZone', { timeZone: 'Europe/Atlantis' }],
      ['languages', { languages: ['no language'] }],
      ['senderDomain', { senderDomain: 'gmail.com' }],
      ['colour', { colour: 'teal' }],
      ['name', { name: 'Clara http://evil.example' }],
      ['password', { password: 'Contoso Contoso 1' }],
    ])('names a wrong %s, and changes nothing', async (field, changes) => {
      const token = await newToken();
      expect((await found(token, changes).expect(422)).body).toMatchObject({ field });
      expect(await vendors()).toEqual([]);
      const left = await api.asOwner('SELECT 1 FROM organisations.organisation UNION SELECT 1 FROM audit.entry');
      expect(left).toEqual([]);
    });

    it('refuses an address that gets an account while its password is hashed', async () => {
      const email = 'early@contoso.example';
      const holder = new pg.Client({ connectionString: api.ownerUrl });
      await holder.connect();
      try {
        await holder.query(`SELECT pg_advisory_lock(hashtextextended('founding of a vendor', 0))`);
        const answer = found(await newToken(), { email }).then(({ status, body }) => ({
          status,
          body: body as object,
        }));
        await until(async () => {
          const { rows } = await holder.query(
            `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`,
          );
          return rows.length > 0;
        }, 'the founding to wait');
        await holder.query(
          `INSERT INTO identity.user_account (id, email, name, password_hash, locale, created_at) VALUES (uuidv7(), $1, 'E', 'x', 'en', now())`,
          [email],
        );
        await holder.query(`SELECT pg_advisory_unlock(hashtextextended('founding of a vendor', 0))`);
        expect(await answer).toMatchObject({ status: 409, body: { code: 'first-run.account-known', field: 'email' } });
        expect(await vendors()).toEqual([]);
      } finally {
        await holder.query('DELETE FROM identity.user_account WHERE email = $1', [email]);
        await holder.end();
      }
    });

    it('founds once, however many ask at once, signs the owner in, and is gone', async () => {
      const [one, other] = [await newToken(), await newToken()];
      const answers = await Promise.all([
        found(one),
        found(other, { email: 'other@contoso.example' }),
        found(one, { vendorName: 'Fabrikam', email: 'third@contoso.example' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
      const { body, headers } = answers.find(({ status }) => status === 200)!;
      const session = body as SessionView;
      expect(session).toMatchObject({ organisation: { kind: 'vendor', role: 'owner' }, isSample: false });
      expect(session.languages).toEqual(['de', 'en']);
      expect(String(headers['set-cookie'])).toContain('HttpOnly');
      expect(await vendors()).toHaveLength(1);
      expect(await newToken()).toBe('');
      await api.http.get(FIRST_RUN).expect(410);
      await found(one).expect(410);
      expect(await api.asOwner('SELECT 1 FROM founding.first_run_token')).toEqual([]);
    });

    it('is in the audit log of the vendor, with its domain and its colour', async () => {
      const owner = await contosoOwner();
      const { body } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
      const actions = (body as { items: { action: string }[] }).items.map(({ action }) => action);
      expect(actions.sort()).toEqual([
        'brand-kit.changed',
        'organisation.created',
        'person.joined',
        'programme.created',
        'sending-domain.chosen',
        'vendor.founded',
      ]);
      expect((await owner.get('/api/v1/brand-kit').expect(200)).body).toMatchObject({
        colours: { primary: '#0f766e' },
      });
      expect((await owner.get('/api/v1/vendor-sending').expect(200)).body).toMatchObject({
        domain: { domain: 'partners.contoso.example', state: 'pending' },
      });
    });
  });

  /** The owner of the first run; which of the parallel requests won is open. */
  const contosoOwner = async (): Promise<Browser> => {
    const [row] = await api.asOwner<{ email: string }>(
      `SELECT u.email FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id WHERE a.role = 'owner' ORDER BY a.created_at LIMIT 1`,
    );
    return openBrowser(api.http, row?.email ?? '', GOOD_PASSWORD);
  };

  describe('by its operator', () => {
    const OPTIONS: VendorOptions = {
      name: 'Tailspin',
      owner: 'Tim Tailspin',
      ownerEmail: 'tim@tailspin.example',
      country: 'gb',
    };
    const run = async (changes: Partial<VendorOptions> = {}): Promise<string[]> => {
      const lines: string[] = [];
      const services = { founding: api.app.get(VendorFounding), logos: api.app.get(LogoReader) };
      await createVendor(services, { ...OPTIONS, ...changes }, (line) => void lines.push(line));
      return lines;
    };
    const tokenIn = (lines: readonly string[]): string => /\/invitation\/([\w-]+)/.exec(lines.join('\n'))?.[1] ?? '';
    const accept = (token: string) =>
      api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'Tim Tailspin', password: GOOD_PASSWORD });

    it.each<[string, Partial<VendorOptions>]>([
      ['--name', { name: ' ' }],
      ['--owner', { owner: 'Tim http://evil.example' }],
      ['--owner-email', { ownerEmail: 'tim' }],
      ['--country', { country: 'Atlantis' }],
      ['--time-zone', { timeZone: 'Europe/Atlantis' }],
      ['--languages', { languages: 'en,?' }],
      ['--sender-domain', { senderDomain: 'gmail.com' }],
      ['--colour', { colour: 'teal' }],
      ['--logo', { logo: 'package.json' }],
    ])('refuses a wrong %s by its name, and changes nothing', async (option, changes) => {
      const before = await vendors();
      await expect(run(changes)).rejects.toThrow(new RegExp(`^${option}: `));
      expect(await vendors()).toEqual(before);
    });

    it('gives a link to the owner, and a new one until there is an owner', async () => {
      const first = tokenIn(await run({ logo: 'templates/seed/logos/northwind.png' }));
      expect((await api.http.get(`/api/v1/invitations/${first}`).expect(200)).body).toMatchObject({
        organisationName: 'Tailspin',
        name: 'Tim Tailspin',
        role: 'owner',
      });
      const lines = await run();
      expect(lines[0]).toMatch(/exists already .* and has no owner yet/);
      await accept(first).expect(410);
      const { body } = await accept(tokenIn(lines)).expect(200);
      expect(body).toMatchObject({ organisation: { name: 'Tailspin', role: 'owner' } });
      await expect(run()).rejects.toThrow(
        /^--name: A vendor called Tailspin exists already\. .* Nothing was changed\./,
      );
    });

    it('gives campaigns the language of the country, also where the portal has none', async () => {
      await run({ name: 'Contoso Lyon', ownerEmail: 'luc@lyon.example', country: 'fr' });
      const stored = await api.asOwner(
        `SELECT o.languages, i.locale FROM organisations.organisation o JOIN identity.invitation i ON i.organisation_id = o.id
         WHERE o.name = 'Contoso Lyon'`,
      );
      expect(stored).toEqual([{ languages: ['fr'], locale: 'en' }]);
    });

    it('mails the link on request', async () => {
      await run({ name: 'Wingtip', ownerEmail: 'wanda@wingtip.example', mail: true });
      await until(() => mails.to('wanda@wingtip.example').length === 1);
      expect(mails.to('wanda@wingtip.example')[0]?.subject).toBe('Set up Wingtip on Throughline');
    });

    it('lets a person with an account join by its password, as one person of two vendors', async () => {
      const token = tokenIn(await run({ name: 'Adventure Works' }));
      const known = await api.http.get(`/api/v1/invitations/${token}`).expect(200);
      expect(known.body).toMatchObject({ hasAccount: true, name: null });
      await api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'x', password: PASSWORD }).expect(401);
      const { body } = await accept(token).expect(200);
      expect((body as SessionView).organisations.map(({ name }) => name).sort()).toEqual([
        'Adventure Works',
        'Tailspin',
      ]);
      const lines: string[] = [];
      await listVendors(
        { founding: api.app.get(VendorFounding), logos: api.app.get(LogoReader) },
        (line) => void lines.push(line),
      );
      expect(lines.filter((line) => /Adventure Works|Tailspin|Wingtip/.test(line))).toHaveLength(3);
    });

    it('separates the vendors of one installation', async () => {
      const tim = await openBrowser(api.http, 'tim@tailspin.example', GOOD_PASSWORD);
      const clara = await contosoOwner();
      await clara.post('/api/v1/partner-groups', { name: 'Gold', rule: { tiers: ['gold'] } }).expect(201);
      expect((await tim.get('/api/v1/partner-groups').expect(200)).body).toMatchObject({ items: [] });
      expect((await tim.get('/api/v1/vendor-sending').expect(200)).body).toMatchObject({ domain: null });
    });
  });

  describe('the set-up checklist', () => {
    const read = async (owner: Browser): Promise<SetUpChecklistView> =>
      (await owner.get('/api/v1/set-up').expect(200)).body as SetUpChecklistView;
    const done = async (owner: Browser): Promise<string[]> =>
      (await read(owner)).steps.filter(({ isDone }) => isDone).map(({ key }) => key);

    it('follows facts, and is hidden on request for all owners', async () => {
      const clara = await contosoOwner();
      expect(await done(clara)).toEqual(['group']);
      await clara.post('/api/v1/set-up/test-mail').expect(202);
      expect((await read(clara)).mailTest.state).toMatch(/waiting|accepted/);
      await until(async () => (await done(clara)).includes('mail'));
      expect(mails.to(clara.email)).toHaveLength(1);
      await clara.post('/api/v1/set-up/hidden').expect(204);
      expect(await read(clara)).toMatchObject({ isHidden: true });
    });

    it('tells a delay of the test from its refusal, whatever an earlier invitation proves', async () => {
      const clara = await contosoOwner();
      await clara.post('/api/v1/team/invitations', { email: 'carl@contoso.example', role: 'marketer' }).expect(202);
      await until(() => mails.to('carl@contoso.example').length === 1);
      refusal = { code: 451, text: 'Please come back' };
      await clara.post('/api/v1/set-up/test-mail').expect(202);
      await until(async () => (await read(clara)).mailTest.state !== 'waiting');
      expect((await read(clara)).mailTest).toEqual({
        state: 'delayed',
        refusal: expect.stringContaining('Please come back') as string,
      });
      expect(await done(clara)).not.toContain('mail');
      refusal = { code: 550, text: 'Never' };
      await until(async () => (await read(clara)).mailTest.state === 'refused');
      refusal = null;
      await clara.post('/api/v1/set-up/test-mail').expect(202);
      await until(async () => (await read(clara)).mailTest.state === 'accepted');
    });

    it('knows the brand, groups and partners', async () => {
      const vendor = await api.aVendor('Fourth Coffee');
      const owner = await api.signIn(vendor.vendorId, 'owner');
      expect(await done(owner)).toEqual(['group']);
      await api.aPartner(vendor, { joined: false });
      expect(await done(owner)).toEqual(['group']);
      await api.aPartner(vendor);
      expect(await done(owner)).toEqual(['group', 'partner']);
      const tim = await openBrowser(api.http, 'tim@tailspin.example', GOOD_PASSWORD);
      expect(await done(tim)).toContain('brand');
    });
  });
});
