import { Secret, TOTP } from 'otpauth';
import { AccountSecurity, OldSignInRecords } from '#identity';
import { newId, systemActor } from '#kernel';
import { createTestApi, openBrowser, type Browser, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';

const ORIGIN = 'http://localhost:3000';
const STEP_MS = 30_000;

/** The code of an authenticator app, some steps from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });

describe('sign-in and security', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  const idOf = async (browser: Browser): Promise<string> => (await browser.get('/api/v1/session')).body.user.id;
  const signIn = (email: string, code?: string) =>
    api.http.post('/api/v1/session').send({ email, password: PASSWORD, code });
  /** A person with an authenticator app, whose next code is unused. */
  const withTotp = async (): Promise<{ browser: Browser; secret: string; codes: string[] }> => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    const { secret } = (await browser.post('/api/v1/account/totp').expect(200)).body;
    const turnedOn = await browser.post('/api/v1/account/totp/confirmation', { code: codeOf(secret, -1) }).expect(200);
    return { browser, secret, codes: turnedOn.body.codes };
  };
  const withPasskey = async (): Promise<{ browser: Browser; key: SoftwareAuthenticator; id: string }> => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    const key = new SoftwareAuthenticator(ORIGIN);
    const { body } = await browser.post('/api/v1/account/passkeys/challenge').expect(200);
    const added = { name: 'Laptop', response: key.attest(body) };
    const answer = await browser.post('/api/v1/account/passkeys', added).expect(201);
    return { browser, key, id: answer.body.id };
  };
  const challenge = async (): Promise<{ challenge: string }> =>
    (await api.http.post('/api/v1/session/passkey/challenge').expect(200)).body;
  const unconfirm = async (browser: Browser): Promise<void> => {
    await api.asOwner(`UPDATE identity.session SET confirmed_at = now() - interval '11 minutes' WHERE user_id = $1`, [
      await idOf(browser),
    ]);
  };
  const lettersTo = (email: string) =>
    api.asOwner<{ body_text: string }>('SELECT body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id', [
      email,
    ]);

  describe('an authenticator app', () => {
    it('is set up with a QR code and its first code, and asked for from then on', async () => {
      const browser = await api.signIn(vendor.vendorId, 'marketer');
      const { body } = await browser.post('/api/v1/account/totp').expect(200);
      expect(body.url).toMatch(/^otpauth:\/\/totp\/Throughline:/);
      expect(Buffer.from(body.qrCode.split(',')[1], 'base64').toString()).toMatch(/^<svg/);
      // Not confirmed yet: it does not count.
      await signIn(browser.email).expect(200);
      const wrong = await browser.post('/api/v1/account/totp/confirmation', { code: '000000' }).expect(422);
      expect(wrong.body).toMatchObject({ code: 'totp.code-wrong', field: 'code' });
      await browser.post('/api/v1/account/totp/confirmation', { code: codeOf(body.secret) }).expect(200);
      expect((await signIn(browser.email).expect(401)).body.code).toBe('second-factor.required');
      expect((await signIn(browser.email, '123456').expect(401)).body.code).toBe('second-factor.wrong');
      await signIn(browser.email, codeOf(body.secret, 1)).expect(200);
      expect((await browser.post('/api/v1/account/totp').expect(409)).body.code).toBe('totp.already-on');
      const [letter] = await lettersTo(browser.email);
      expect(letter?.body_text).toContain('An authenticator app was set up for your account.');
    });

    it('gives each code once, in parallel requests, too', async () => {
      const { browser, secret } = await withTotp();
      const code = codeOf(secret);
      const statuses = await Promise.all(
        Array.from({ length: 6 }, async () => (await signIn(browser.email, code)).status),
      );
      expect(statuses.sort()).toEqual([200, 401, 401, 401, 401, 401]);
      expect((await signIn(browser.email, code).expect(401)).body.code).toBe('second-factor.wrong');
      // The step before the used one is refused, too.
      await signIn(browser.email, codeOf(secret, -1)).expect(401);
    });

    it('tolerates one step, and not two', async () => {
      const { browser, secret } = await withTotp();
      await signIn(browser.email, codeOf(secret, 2)).expect(401);
      await signIn(browser.email, codeOf(secret, -2)).expect(401);
      await signIn(browser.email, codeOf(secret, 1)).expect(200);
    });

    it('is blocked after ten wrong codes, also if they come at once, and a right password does not lift it', async () => {
      const { browser, secret } = await withTotp();
      const guesses = await Promise.all(
        Array.from({ length: 9 }, async () => (await signIn(browser.email, '000000')).body.code),
      );
      expect(new Set(guesses)).toEqual(new Set(['second-factor.wrong']));
      const more = await Promise.all(
        Array.from({ length: 6 }, async () => (await signIn(browser.email, '000000')).body.code),
      );
      expect(more.filter((code) => code === 'second-factor.too-many')).toHaveLength(5);
      await signIn(browser.email).expect(401);
      expect((await signIn(browser.email, codeOf(secret)).expect(429)).body.code).toBe('second-factor.too-many');
    });

    it('stores its secret sealed', async () => {
      const { browser, secret } = await withTotp();
      const [row] = await api.asOwner<{ secret: Buffer }>('SELECT secret FROM identity.totp WHERE user_id = $1', [
        await idOf(browser),
      ]);
      expect(row!.secret.includes(Buffer.from(Secret.fromBase32(secret).bytes))).toBe(false);
    });

    it('is removed with its recovery codes', async () => {
      const { browser } = await withTotp();
      await browser.delete('/api/v1/account/totp').expect(204);
      await signIn(browser.email).expect(200);
      expect((await browser.get('/api/v1/account/security')).body).toMatchObject({
        totpSince: null,
        recoveryCodesLeft: 0,
      });
      await browser.delete('/api/v1/account/totp').expect(404);
    });
  });

  describe('recovery codes', () => {
    it('are ten, and each signs in once, as it is typed', async () => {
      const { browser, codes } = await withTotp();
      expect(codes).toHaveLength(10);
      expect(codes[0]).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){5}$/);
      const typed = codes[0]!.replaceAll('-', ' ').toUpperCase();
      const statuses = await Promise.all(
        Array.from({ length: 4 }, async () => (await signIn(browser.email, typed)).status),
      );
      expect(statuses.sort()).toEqual([200, 401, 401, 401]);
      await signIn(browser.email, codes[0]).expect(401);
      await signIn(browser.email, codes[1]).expect(200);
      expect((await browser.get('/api/v1/account/security')).body.recoveryCodesLeft).toBe(8);
    });

    it('end when new ones are created', async () => {
      const { browser, codes } = await withTotp();
      const { body } = await browser.post('/api/v1/account/recovery-codes').expect(200);
      await signIn(browser.email, codes[0]).expect(401);
      await signIn(browser.email, body.codes[0]).expect(200);
      const without = await api.signIn(vendor.vendorId, 'analyst');
      await without.post('/api/v1/account/recovery-codes').expect(404);
    });

    it('are stored as digests', async () => {
      const { browser } = await withTotp();
      const rows = await api.asOwner<{ length: number }>(
        'SELECT octet_length(code_hash) AS length FROM identity.recovery_code WHERE user_id = $1',
        [await idOf(browser)],
      );
      expect(rows.map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 32));
    });
  });

  describe('a passkey', () => {
    it('signs in without a password, and without the code of an app', async () => {
      const { browser, key } = await withPasskey();
      const { body: totp } = await browser.post('/api/v1/account/totp').expect(200);
      await browser.post('/api/v1/account/totp/confirmation', { code: codeOf(totp.secret) }).expect(200);
      const { body } = await api.http
        .post('/api/v1/session/passkey')
        .send(key.assert(await challenge()))
        .expect(200);
      expect(body.user.email).toBe(browser.email);
      const { passkeys } = (await browser.get('/api/v1/account/security')).body;
      expect(passkeys).toMatchObject([{ name: 'Laptop', lastUsedAt: expect.any(String) }]);
    });

    it('answers a challenge once, in parallel requests, too', async () => {
      const { key } = await withPasskey();
      const answer = key.assert(await challenge());
      const statuses = await Promise.all(
        Array.from({ length: 5 }, async () => (await api.http.post('/api/v1/session/passkey').send(answer)).status),
      );
      expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    });

    it('answers no challenge that is old, of another purpose, or made up', async () => {
      const { browser, key } = await withPasskey();
      const old = await challenge();
      await api.asOwner(`UPDATE identity.passkey_challenge SET expires_at = now() - interval '1 second'`);
      const { body: ofConfirmation } = await browser.post('/api/v1/session/confirmation/challenge').expect(200);
      for (const asked of [old, ofConfirmation, { challenge: 'bWFkZSB1cA' }]) {
        const { body } = await api.http.post('/api/v1/session/passkey').send(key.assert(asked)).expect(401);
        expect(body.code).toBe('passkey.refused');
      }
    });

    it.each([
      ['another origin', { origin: 'https://evil.example' }],
      ['the same host by another port', { origin: 'http://localhost:3001' }],
      ['another relying party', { relyingPartyId: 'evil.example' }],
      ['an authenticator that did not verify its user', { isUserVerified: false }],
      ['the answer to a registration', { type: 'webauthn.create' }],
    ] as const)('is refused for %s', async (_, deviation) => {
      const { browser, key } = await withPasskey();
      const answer = key.assert(await challenge(), deviation);
      expect((await api.http.post('/api/v1/session/passkey').send(answer).expect(401)).body.code).toBe(
        'passkey.refused',
      );
      const second = new SoftwareAuthenticator(ORIGIN);
      const { body } = await browser.post('/api/v1/account/passkeys/challenge').expect(200);
      const type = 'type' in deviation ? ({ type: 'webauthn.get' } as const) : {};
      const response = second.attest(body, { ...deviation, ...type });
      const refused = await browser.post('/api/v1/account/passkeys', { name: 'Second', response }).expect(422);
      expect(refused.body.code).toBe('passkey.not-registered');
    });

    it('that was copied is refused: its counter does not grow', async () => {
      const { key } = await withPasskey();
      const use = async (counter: number) =>
        (await api.http.post('/api/v1/session/passkey').send(key.assert(await challenge(), { counter }))).status;
      expect(await use(5)).toBe(200);
      expect(await use(5)).toBe(401);
      expect(await use(4)).toBe(401);
      expect(await use(0)).toBe(401);
      expect(await use(6)).toBe(200);
      const [one, other] = [await challenge(), await challenge()].map((asked) => key.assert(asked, { counter: 7 }));
      const statuses = await Promise.all(
        [one, other].map(async (answer) => (await api.http.post('/api/v1/session/passkey').send(answer)).status),
      );
      expect(statuses.sort()).toEqual([200, 401]);
    });

    it('has one owner, who alone can rename and remove it', async () => {
      const { browser, key, id } = await withPasskey();
      const other = await api.signIn(vendor.vendorId, 'owner');
      const { body } = await other.post('/api/v1/account/passkeys/challenge').expect(200);
      const again = { name: 'Stolen', response: key.attest(body) };
      expect((await other.post('/api/v1/account/passkeys', again).expect(409)).body.code).toBe('passkey.known');
      const path = `/api/v1/account/passkeys/${id}`;
      await other.patch(path, { name: 'Mine' }).expect(404);
      await other.delete(path).expect(404);
      await browser.patch(path, { name: 'Blue key' }).expect(204);
      await browser.delete(path).expect(204);
      await api.http
        .post('/api/v1/session/passkey')
        .send(key.assert(await challenge()))
        .expect(401);
      const { body: log } = await browser.get('/api/v1/audit-entries?action=passkey.removed').expect(200);
      expect(log.items[0]).toMatchObject({ details: { name: 'Blue key' }, subjectId: await idOf(browser) });
    });

    it('registers for no challenge of another person', async () => {
      const [one, other] = [await api.signIn(vendor.vendorId, 'owner'), await api.signIn(vendor.vendorId, 'owner')];
      const { body } = await one.post('/api/v1/account/passkeys/challenge').expect(200);
      const response = new SoftwareAuthenticator(ORIGIN).attest(body);
      await other.post('/api/v1/account/passkeys', { name: 'Key', response }).expect(422);
    });
  });

  describe('a confirmation', () => {
    const required = async (test: ReturnType<Browser['post']>): Promise<void> => {
      expect((await test.expect(403)).body.code).toBe('confirmation.required');
    };

    it('is needed ten minutes after the sign-in for what is hard to undo', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      await unconfirm(browser);
      await required(browser.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }));
      await required(browser.post('/api/v1/signing-keys'));
      await required(browser.post(`/api/v1/campaigns/${newId()}/recall`, { reason: 'A mistake.' }));
      await required(browser.put('/api/v1/account/password', { password: 'seven quiet lanterns' }));
      await required(browser.post('/api/v1/account/passkeys/challenge'));
      await required(browser.post('/api/v1/account/totp'));
      await required(browser.delete('/api/v1/account/totp'));
      await required(browser.post('/api/v1/account/recovery-codes'));
      await required(browser.delete(`/api/v1/account/passkeys/${newId()}`));
      await required(browser.put('/api/v1/sign-in-policy', { isSecondFactorRequired: false }));
      await browser.get('/api/v1/api-keys').expect(200);
      const partner = await api.signIn(await api.aPartner(vendor), 'owner');
      await unconfirm(partner);
      const disclosure = { fields: ['company'], purpose: 'For a quote' };
      await required(partner.post(`/api/v1/leads/${newId()}/disclosures`, disclosure));
    });

    it('is given by password, and its guesses count', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      await unconfirm(browser);
      const wrong = await browser.post('/api/v1/session/confirmation', { password: 'wrong' }).expect(403);
      expect(wrong.body.code).toBe('confirmation.wrong');
      await browser.post('/api/v1/session/confirmation', { password: PASSWORD }).expect(204);
      await browser.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(201);
      const guesses = await Promise.all(
        Array.from(
          { length: 15 },
          async () => (await browser.post('/api/v1/session/confirmation', { password: 'wrong' })).status,
        ),
      );
      expect(guesses.filter((status) => status === 429)).toHaveLength(5);
    });

    it('is given by code and by passkey, and by that of the person alone', async () => {
      const { browser, secret } = await withTotp();
      await unconfirm(browser);
      await browser.post('/api/v1/session/confirmation', { code: '000000' }).expect(403);
      await browser.post('/api/v1/session/confirmation', { code: codeOf(secret) }).expect(204);
      await browser.post('/api/v1/account/recovery-codes').expect(200);
      const own = await withPasskey();
      const other = await withPasskey();
      await unconfirm(own.browser);
      const ask = async () => (await own.browser.post('/api/v1/session/confirmation/challenge').expect(200)).body;
      const stolen = { passkey: other.key.assert(await ask()) };
      await own.browser.post('/api/v1/session/confirmation', stolen).expect(403);
      await own.browser.post('/api/v1/session/confirmation', { passkey: own.key.assert(await ask()) }).expect(204);
      await own.browser.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(201);
    });

    it('belongs to one session', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      await unconfirm(browser);
      const second = await openBrowser(api.http, browser.email);
      await second.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(201);
      await required(browser.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }));
    });
  });

  describe('a required second factor', () => {
    it('keeps people out of the organisation until they have one, and lets them set it up', async () => {
      const other = await api.aVendor('Strict');
      const owner = await api.signIn(other.vendorId, 'owner');
      const analyst = await api.signIn(other.vendorId, 'analyst');
      const rule = { isSecondFactorRequired: true };
      expect((await owner.put('/api/v1/sign-in-policy', rule).expect(409)).body.code).toBe('second-factor.own-first');
      const { body } = await owner.post('/api/v1/account/totp').expect(200);
      await owner.post('/api/v1/account/totp/confirmation', { code: codeOf(body.secret, -1) }).expect(200);
      await owner.put('/api/v1/sign-in-policy', rule).expect(200);
      await analyst.put('/api/v1/sign-in-policy', rule).expect(403);
      expect((await analyst.get('/api/v1/partners').expect(403)).body.code).toBe('second-factor.missing');
      expect((await analyst.get('/api/v1/session').expect(200)).body.lacksSecondFactor).toBe(true);
      const key = new SoftwareAuthenticator(ORIGIN);
      const asked = await analyst.post('/api/v1/account/passkeys/challenge').expect(200);
      const added = { name: 'Telephone', response: key.attest(asked.body) };
      await analyst.post('/api/v1/account/passkeys', added).expect(201);
      await analyst.get('/api/v1/partners').expect(200);
      // The password alone is one factor, though the person has a passkey.
      const again = await openBrowser(api.http, analyst.email);
      await again.get('/api/v1/partners').expect(403);
      const { body: log } = await owner.get('/api/v1/audit-entries?action=sign-in-policy.changed').expect(200);
      expect(log.items).toMatchObject([{ details: { secondFactorRequired: true } }]);
    });
  });

  describe('sessions', () => {
    it('are listed with their devices, and one is ended', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      await api.http
        .post('/api/v1/session')
        .set('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0')
        .send({ email: browser.email, password: PASSWORD })
        .expect(200);
      const { items } = (await browser.get('/api/v1/sessions').expect(200)).body;
      expect(items).toHaveLength(2);
      const other = items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
      expect(other).toMatchObject({ browser: 'Firefox', system: 'Linux' });
      const stranger = await api.signIn(vendor.vendorId, 'owner');
      await stranger.delete(`/api/v1/sessions/${other.id}`).expect(404);
      await browser.delete(`/api/v1/sessions/${other.id}`).expect(204);
      expect((await browser.get('/api/v1/sessions')).body.items).toHaveLength(1);
    });

    it('end everywhere', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      const second = await openBrowser(api.http, browser.email);
      await browser.delete('/api/v1/sessions').expect(204);
      await browser.get('/api/v1/session').expect(401);
      await second.get('/api/v1/session').expect(401);
    });

    it('end with a new password, except the one that sets it', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      const second = await openBrowser(api.http, browser.email);
      const weak = await browser.put('/api/v1/account/password', { password: 'northwind systems' }).expect(422);
      expect(weak.body).toMatchObject({ code: 'password.too-weak', field: 'password' });
      await browser.put('/api/v1/account/password', { password: 'seven quiet lanterns' }).expect(204);
      await second.get('/api/v1/session').expect(401);
      await browser.get('/api/v1/session').expect(200);
      await openBrowser(api.http, browser.email, 'seven quiet lanterns');
      expect((await lettersTo(browser.email)).at(-1)?.body_text).toContain('The password of your account was changed.');
    });

    it('keep their second factor and age in another organisation', async () => {
      const { browser } = await withTotp();
      const partnerId = await api.aPartner(vendor);
      await api.asOwner(
        `INSERT INTO identity.assignment (user_id, organisation_id, role, created_at) VALUES ($1, $2, 'owner', now())`,
        [await idOf(browser), partnerId],
      );
      const before = (await browser.get('/api/v1/sessions')).body.items;
      await browser.post('/api/v1/session/organisation', { organisationId: partnerId }).expect(200);
      await browser.get('/api/v1/session').expect(401);
      const [after] = await api.asOwner<{ id: string; has_second_factor: boolean }>(
        'SELECT id, has_second_factor FROM identity.session WHERE organisation_id = $1',
        [partnerId],
      );
      expect(after).toEqual({ id: before[0].id, has_second_factor: true });
    });
  });

  describe('a new e-mail address', () => {
    const linkIn = (letter: string | undefined): string => /\/email\/([\w-]+)/.exec(letter ?? '')![1]!;

    it('counts once its link is opened, and the old address is told', async () => {
      const browser = await api.signIn(vendor.vendorId, 'marketer');
      const email = `new-${browser.email}`;
      await browser.post('/api/v1/account/email', { email }).expect(202);
      const token = linkIn((await lettersTo(email)).at(-1)?.body_text);
      await openBrowser(api.http, browser.email);
      await api.http.post(`/api/v1/email-changes/${token}`).expect(204);
      expect((await api.http.post(`/api/v1/email-changes/${token}`).expect(410)).body.code).toBe('email-change.gone');
      await openBrowser(api.http, email);
      await signIn(browser.email).expect(401);
      expect((await browser.get('/api/v1/session')).body.user.email).toBe(email);
      expect((await lettersTo(browser.email)).at(-1)?.body_text).toContain('The e-mail address of your account');
    });

    it('of another account gets the same answer and no link', async () => {
      const [one, other] = [await api.signIn(vendor.vendorId, 'owner'), await api.signIn(vendor.vendorId, 'owner')];
      await one.post('/api/v1/account/email', { email: other.email.toUpperCase() }).expect(202);
      expect(await lettersTo(other.email.toUpperCase())).toEqual([]);
    });

    it('that two people confirm at once counts for one of them', async () => {
      for (let round = 0; round < 5; round++) {
        const pair = [await api.signIn(vendor.vendorId, 'owner'), await api.signIn(vendor.vendorId, 'owner')];
        const email = `shared-${round}-${pair[0]!.email}`;
        const tokens: string[] = [];
        for (const browser of pair) {
          await browser.post('/api/v1/account/email', { email }).expect(202);
          tokens.push(linkIn((await lettersTo(email)).at(-1)?.body_text));
        }
        const both = await Promise.all(tokens.map((token) => api.http.post(`/api/v1/email-changes/${token}`)));
        expect(both.map(({ status }) => status).sort()).toEqual([204, 410]);
        expect(both.find(({ status }) => status === 410)?.body.code).toBe('email-change.gone');
      }
    });

    it('is mailed three times an hour, and its link ends then', async () => {
      const browser = await api.signIn(vendor.vendorId, 'owner');
      const email = `new-${browser.email}`;
      const statuses = await Promise.all(
        Array.from({ length: 5 }, async () => (await browser.post('/api/v1/account/email', { email })).status),
      );
      expect(statuses.sort()).toEqual([202, 202, 202, 429, 429]);
      await unconfirm(browser);
      expect((await browser.post('/api/v1/account/email', { email }).expect(403)).body.code).toBe(
        'confirmation.required',
      );
      api.clock.advance(3_601_000);
      const token = linkIn((await lettersTo(email)).at(-1)?.body_text);
      await api.http.post(`/api/v1/email-changes/${token}`).expect(410);
    });
  });

  it('lets an operator remove the second factors of a person who lost them', async () => {
    const { browser, key } = await withPasskey();
    const { body } = await browser.post('/api/v1/account/totp').expect(200);
    await browser.post('/api/v1/account/totp/confirmation', { code: codeOf(body.secret) }).expect(200);
    await api.app.get(AccountSecurity).reset(systemActor('operator test'), browser.email.toUpperCase());
    await browser.get('/api/v1/session').expect(401);
    await api.http
      .post('/api/v1/session/passkey')
      .send(key.assert(await challenge()))
      .expect(401);
    await signIn(browser.email).expect(200);
    expect((await lettersTo(browser.email)).at(-1)?.body_text).toContain('An operator removed the passkeys');
    await expect(
      api.app.get(AccountSecurity).reset(systemActor('operator test'), 'no-such@example.com'),
    ).rejects.toMatchObject({ code: 'user.not-found' });
  });

  it('deletes old records of sign-ins, and keeps those that count', async () => {
    await api.app.get(OldSignInRecords).delete();
    const browser = await api.signIn(vendor.vendorId, 'owner');
    const over = await openBrowser(api.http, browser.email);
    const [{ id }] = (await over.get('/api/v1/sessions')).body.items.filter(
      ({ isCurrent }: { isCurrent: boolean }) => isCurrent,
    );
    await api.asOwner(`UPDATE identity.session SET seen_at = now() - interval '8 days' WHERE id = $1`, [id]);
    await challenge();
    await api.asOwner(`UPDATE identity.passkey_challenge SET expires_at = now() - interval '1 second'`);
    await api.http.post('/api/v1/session').send({ email: 'old@example.com', password: 'x' }).expect(401);
    await api.asOwner(`UPDATE identity.sign_in_failure SET window_started_at = now() - interval '2 days'`);
    await api.http.post('/api/v1/session').send({ email: 'new@example.com', password: 'x' }).expect(401);
    await challenge();
    expect(await api.app.get(OldSignInRecords).delete()).toBeGreaterThanOrEqual(3);
    expect(await api.app.get(OldSignInRecords).delete()).toBe(0);
    expect(await api.asOwner('SELECT 1 FROM identity.sign_in_failure')).toHaveLength(1);
    expect(await api.asOwner('SELECT 1 FROM identity.passkey_challenge')).toHaveLength(1);
    await browser.get('/api/v1/session').expect(200);
  });
});
