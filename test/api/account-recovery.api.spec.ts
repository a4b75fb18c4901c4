import { Secret, TOTP } from 'otpauth';
import { AccountSecurity, PasswordResets } from '#identity';
import { systemActor } from '#kernel';
import { type Browser, createTestApi, openBrowser, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';

/**
 * Tables that open an account by a stored digest, and the reason of each that
 * survives a recovery. A new table belongs in one of the two lists.
 */
const ENDS = ['email_change', 'passkey_challenge', 'password_reset', 'session'];
const STAYS: Readonly<Record<string, string>> = {
  api_key: 'A program depends on it. The person sees it in a list and revokes it.',
  recovery_code: 'It replaces the second factor, never the password.',
};

describe('an account that its person takes back', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  const idOf = async (browser: Browser): Promise<string> => (await browser.get('/api/v1/session')).body.user.id;
  const linkTo = async (email: string, page: 'password' | 'email'): Promise<string> => {
    const letters = await api.asOwner<{ body_text: string }>(
      'SELECT body_text FROM identity.system_mail WHERE recipient = $1 AND body_text LIKE $2 ORDER BY id DESC',
      [email, `%/${page}/%`],
    );
    return new RegExp(`/${page}/([\\w-]+)`).exec(letters[0]?.body_text ?? '')![1]!;
  };
  const requestReset = async (email: string): Promise<void> => {
    await api.http.post('/api/v1/password-resets').send({ email }).expect(202);
    for (const { id } of await api.asOwner<{ id: string }>('SELECT id FROM identity.password_reset_request'))
      await api.app.get(PasswordResets).start(id);
  };
  /** A thief with the password, who has requested all that a session can. */
  const aThief = async (): Promise<{ victim: Browser; thief: Browser; userId: string; link: string }> => {
    const victim = await api.signIn(vendor.vendorId, 'owner');
    const thief = await openBrowser(api.http, victim.email);
    const email = `thief-${victim.email}`;
    await thief.post('/api/v1/account/email', { email }).expect(202);
    await thief.post('/api/v1/account/passkeys/challenge').expect(200);
    await requestReset(victim.email);
    return { victim, thief, userId: await idOf(victim), link: await linkTo(email, 'email') };
  };
  const openOf = async (userId: string): Promise<string[]> => {
    const counts = await api.asOwner<{ name: string; open: number }>(
      `SELECT 'session' AS name, count(*)::int AS open FROM identity.session WHERE user_id = $1
       UNION ALL SELECT 'email_change', count(*)::int FROM identity.email_change WHERE user_id = $1
       UNION ALL SELECT 'passkey_challenge', count(*)::int FROM identity.passkey_challenge WHERE user_id = $1
       UNION ALL SELECT 'password_reset', count(*)::int FROM identity.password_reset WHERE user_id = $1 AND used_at IS NULL`,
      [userId],
    );
    return counts.filter(({ open }) => open > 0).map(({ name }) => name);
  };

  it('knows every table that opens an account', async () => {
    const tables = await api.asOwner<{ name: string }>(
      `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c
         JOIN information_schema.columns u USING (table_schema, table_name)
       WHERE table_schema = 'identity' AND u.column_name = 'user_id' AND c.data_type = 'bytea' AND c.column_name LIKE '%hash'
       ORDER BY 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual([...ENDS, ...Object.keys(STAYS)].sort());
  });

  it('is closed to a thief by a new password from a link', async () => {
    const { victim, userId, link } = await aThief();
    expect((await openOf(userId)).sort()).toEqual(ENDS);
    const token = await linkTo(victim.email, 'password');
    await api.http.post(`/api/v1/password-resets/${token}`).send({ password: 'seven quiet lanterns' }).expect(204);
    expect(await openOf(userId)).toEqual([]);
    await api.http.post(`/api/v1/email-changes/${link}`).expect(410);
    await openBrowser(api.http, victim.email, 'seven quiet lanterns');
  });

  it('is closed to a thief by a new password in the portal, which keeps the session that sets it', async () => {
    const { victim, thief, userId, link } = await aThief();
    const token = await linkTo(victim.email, 'password');
    await victim.put('/api/v1/account/password', { password: 'seven quiet lanterns' }).expect(204);
    expect(await openOf(userId)).toEqual(['session']);
    await thief.get('/api/v1/session').expect(401);
    await api.http.post(`/api/v1/email-changes/${link}`).expect(410);
    await api.http.post(`/api/v1/password-resets/${token}`).send({ password: 'umbrella river stone' }).expect(410);
  });

  it.each([
    ['signing out everywhere', (victim: Browser) => victim.delete('/api/v1/sessions').expect(204)],
    [
      'ending the session of the thief',
      async (victim: Browser) => {
        const { items } = (await victim.get('/api/v1/sessions').expect(200)).body;
        const other = items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
        await victim.delete(`/api/v1/sessions/${other.id}`).expect(204);
      },
    ],
    [
      'the reset of an operator',
      (victim: Browser) => api.app.get(AccountSecurity).reset(systemActor('operator test'), victim.email),
    ],
  ] as const)('is closed to a thief by %s', async (_, recover) => {
    const { victim, thief, userId, link } = await aThief();
    await recover(victim);
    expect((await openOf(userId)).filter((name) => name !== 'session')).toEqual([]);
    await thief.get('/api/v1/session').expect(401);
    await api.http.post(`/api/v1/email-changes/${link}`).expect(410);
  });

  it('has no passkey that its log and its person do not know, whatever fails', async () => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    const key = new SoftwareAuthenticator('http://localhost:3000');
    const { body } = await browser.post('/api/v1/account/passkeys/challenge').expect(200);
    await api.asOwner(
      `CREATE FUNCTION identity.fail_in_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE TRIGGER fail_in_test BEFORE INSERT ON identity.system_mail
         FOR EACH ROW EXECUTE FUNCTION identity.fail_in_test()`,
    );
    await browser.post('/api/v1/account/passkeys', { name: 'Laptop', response: key.attest(body) }).expect(500);
    await api.asOwner('DROP FUNCTION identity.fail_in_test CASCADE');
    const userId = await idOf(browser);
    expect(await api.asOwner('SELECT 1 FROM identity.passkey WHERE user_id = $1', [userId])).toEqual([]);
    const [session] = await api.asOwner<{ has_second_factor: boolean }>(
      'SELECT has_second_factor FROM identity.session WHERE user_id = $1',
      [userId],
    );
    expect(session).toEqual({ has_second_factor: false });
  });
});

describe('a session that was opened without an organisation', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await createTestApi();
  });
  afterAll(() => api.close());

  it('has the rules of the organisation that its person joins, and stays in it', async () => {
    const strict = await api.aVendor('Strict');
    const owner = await api.signIn(strict.vendorId, 'owner');
    const { secret } = (await owner.post('/api/v1/account/totp').expect(200)).body;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    await owner.post('/api/v1/account/totp/confirmation', { code }).expect(200);
    await owner.put('/api/v1/sign-in-policy', { isSecondFactorRequired: true }).expect(200);
    const leaving = await api.signIn(strict.vendorId, 'marketer');
    const userId = (await leaving.get('/api/v1/session')).body.user.id;
    await owner.delete(`/api/v1/team/${userId}`).expect(204);
    const early = await openBrowser(api.http, leaving.email, PASSWORD);
    expect((await early.get('/api/v1/session')).body.organisation).toBeNull();
    const join = (organisationId: string, days: number) =>
      api.asOwner(
        `INSERT INTO identity.assignment (user_id, organisation_id, role, created_at)
         VALUES ($1, $2, 'owner', now() + $3 * interval '1 day')`,
        [userId, organisationId, days],
      );
    await join(strict.vendorId, 0);
    const { body } = await early.get('/api/v1/session').expect(200);
    expect(body).toMatchObject({ organisation: { id: strict.vendorId }, lacksSecondFactor: true });
    expect((await early.get('/api/v1/partners').expect(403)).body.code).toBe('second-factor.missing');
    expect((await early.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(403)).body.code).toBe(
      'second-factor.missing',
    );
    // An organisation that would now be the first does not move the session.
    const other = await api.aVendor('Earlier');
    await join(other.vendorId, -1);
    expect((await early.get('/api/v1/session')).body.organisation.id).toBe(strict.vendorId);
  });
});
