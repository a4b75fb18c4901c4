import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { PasswordResets } from '#identity';
import { createTestApi, openBrowser, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';

describe('signing in', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  it('opens a session that the cookie carries', async () => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    const { body } = await browser.get('/api/v1/session').expect(200);
    expect(body).toMatchObject({
      organisation: { name: 'Northwind Systems', role: 'owner' },
      user: { email: browser.email },
    });
    expect(body.permissions).toContain('campaigns.publish');
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'analyst');
    const wrong = await api.http.post('/api/v1/session').send({ email, password: 'wrong' }).expect(401);
    const unknown = await api.http
      .post('/api/v1/session')
      .send({ email: 'nobody@example.com', password: 'wrong' })
      .expect(401);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.body.code).toBe('credentials.wrong');
  });

  it('closes an address after ten failures, known or not', async () => {
    for (let at = 0; at < 10; at++)
      await api.http.post('/api/v1/session').send({ email: 'guessed@example.com', password: 'x' });
    const { body } = await api.http
      .post('/api/v1/session')
      .send({ email: 'guessed@example.com', password: 'x' })
      .expect(429);
    expect(body.code).toBe('credentials.too-many');
  });

  it('counts guesses that come at once', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'analyst');
    const guess = () => api.http.post('/api/v1/session').send({ email, password: 'wrong' });
    const answers = await Promise.all(Array.from({ length: 30 }, async () => (await guess()).status));
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(20);
  });

  it('does not count failures before a success', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'analyst');
    for (let at = 0; at < 12; at += 1) {
      await api.http.post('/api/v1/session').send({ email, password: at % 4 === 3 ? PASSWORD : 'wrong' });
    }
    await api.http.post('/api/v1/session').send({ email, password: PASSWORD }).expect(200);
  });

  it.each([
    [
      'a form',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      'email=a&password=b',
      415,
      'request.media-type',
    ],
    [
      'plain text',
      { 'Content-Type': 'text/plain' },
      '{"email":"a@b.example","password":"c"}',
      415,
      'request.media-type',
    ],
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }, '{}', 403, 'request.cross-site'],
    ['a page of a sister site', { 'Sec-Fetch-Site': 'same-site' }, '{}', 403, 'request.cross-site'],
    ['an old browser at another site', { Origin: 'https://evil.example' }, '{}', 403, 'request.cross-site'],
    ['the portal', { 'Sec-Fetch-Site': 'same-origin' }, '{}', 422, 'request.invalid'],
  ])('by %s is answered by its kind', async (_, headers, text, status, code) => {
    const paths = ['/api/v1/session', '/api/v1/password-resets', '/api/v1/invitations/x/accept'];
    for (const path of paths) {
      const { body } = await api.http
        .post(path)
        .set({ 'Content-Type': 'application/json', ...headers })
        .send(text)
        .expect(status);
      expect(body.code).toBe(code);
    }
  });

  it('refuses a change without the CSRF token', async () => {
    const response = await api.http
      .post('/api/v1/session')
      .send({ email: (await api.signIn(vendor.vendorId, 'owner')).email, password: PASSWORD });
    const cookie = (response.headers['set-cookie'] as unknown as string[])[0]!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const { body } = await api.http.delete('/api/v1/session').set('Cookie', cookie.split(';')[0]!).expect(403);
    expect(body.code).toBe('session.csrf');
  });

  it('ends the session at sign-out', async () => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    await browser.delete('/api/v1/session').expect(204);
    await browser.get('/api/v1/session').expect(401);
  });

  it('stores no token that could be used', async () => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    await browser.get('/api/v1/session').expect(200);
    const client = new pg.Client({ connectionString: api.ownerUrl });
    await client.connect();
    const { rows } = await client.query('SELECT octet_length(token_hash) AS length FROM identity.session');
    await client.end();
    expect(new Set(rows.map((row: { length: number }) => row.length))).toEqual(new Set([32]));
  });

  it('lets one person work for several organisations, one at a time', async () => {
    const other = await api.aVendor('Contoso');
    const browser = await api.signIn(vendor.vendorId, 'owner');
    await browser.post('/api/v1/session/organisation', { organisationId: other.vendorId }).expect(404);
  });
});

describe('invitations', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  const linkSentTo = async (email: string): Promise<string> => {
    const client = new pg.Client({ connectionString: api.ownerUrl });
    await client.connect();
    const { rows } = await client.query(
      'SELECT body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1',
      [email],
    );
    await client.end();
    return /\/(?:invitation|password)\/([\w-]+)/.exec((rows[0] as { body_text: string }).body_text)![1]!;
  };
  const invitation = {
    organisationName: 'Brightwater IT',
    email: 'olivia@brightwater.example',
    countryCode: 'GB',
    tier: 'gold',
    region: 'emea',
  };

  it('bring a partner’s first person in, once', async () => {
    const marketer = await api.signIn(vendor.vendorId, 'marketer');
    const { body: partner } = await marketer.post('/api/v1/partners/invitations', invitation).expect(201);
    expect(partner.status).toBe('invited');
    const token = await linkSentTo(invitation.email);
    await api.http.get(`/api/v1/invitations/${token}`).expect(200);
    for (const [password, code] of [
      ['short', 'password.too-short'],
      ['password1234password', 'password.too-weak'],
      ['Olivia of Brightwater', 'password.too-weak'],
    ]) {
      const accepted = api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'Olivia', password });
      expect((await accepted.expect(422)).body).toMatchObject({ code, field: 'password' });
    }
    await api.http
      .post(`/api/v1/invitations/${token}/accept`)
      .send({ name: 'Olivia', password: PASSWORD, sharesTotals: true })
      .expect(200);
    await api.http
      .post(`/api/v1/invitations/${token}/accept`)
      .send({ name: 'Olivia', password: PASSWORD, sharesTotals: true })
      .expect(410);
    const browser = await openBrowser(api.http, invitation.email);
    expect((await browser.get('/api/v1/session')).body.organisation).toMatchObject({ kind: 'partner', role: 'owner' });
    expect((await marketer.get(`/api/v1/partners/${partner.id}`)).body.status).toBe('active');
  });

  it('run out after 14 days', async () => {
    const marketer = await api.signIn(vendor.vendorId, 'marketer');
    await marketer.post('/api/v1/partners/invitations', { ...invitation, email: 'late@example.com' }).expect(201);
    const token = await linkSentTo('late@example.com');
    api.clock.advance(15 * 86_400_000);
    await api.http.get(`/api/v1/invitations/${token}`).expect(410);
  });

  it('refuse bad input by field and change nothing', async () => {
    const marketer = await api.signIn(vendor.vendorId, 'marketer');
    const { body } = await marketer
      .post('/api/v1/partners/invitations', { ...invitation, countryCode: 'Britain', email: 'x' })
      .expect(422);
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['countryCode', 'email']),
    );
  });

  it('give a new password once, and end the sessions of the old one', async () => {
    const browser = await api.signIn(vendor.vendorId, 'owner');
    await api.http.post('/api/v1/password-resets').send({ email: browser.email }).expect(202);
    await api.http.post('/api/v1/password-resets').send({ email: 'nobody@example.com' }).expect(202);
    const asked = await api.asOwner<{ id: string }>('SELECT id FROM identity.password_reset_request');
    expect(asked).toHaveLength(2);
    for (const { id } of [...asked, ...asked]) await api.app.get(PasswordResets).start(id);
    expect(await api.asOwner('SELECT 1 FROM identity.password_reset_request')).toEqual([]);
    expect(await api.asOwner('SELECT 1 FROM identity.password_reset')).toHaveLength(1);
    const token = await linkSentTo(browser.email);
    await api.http.post(`/api/v1/password-resets/${token}`).send({ password: 'another long password' }).expect(204);
    await api.http.post(`/api/v1/password-resets/${token}`).send({ password: 'another long password' }).expect(410);
    await browser.get('/api/v1/session').expect(401);
    await openBrowser(api.http, browser.email, 'another long password');
  });
});

describe('a password reset', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  const linksMailedTo = async (email: string): Promise<string[]> => {
    for (const { id } of await api.asOwner<{ id: string }>('SELECT id FROM identity.password_reset_request'))
      await api.app.get(PasswordResets).start(id);
    const mails = await api.asOwner<{ body_text: string }>(
      `SELECT body_text FROM identity.system_mail WHERE recipient = '${email}' AND body_text LIKE '%/password/%' ORDER BY id`,
    );
    return mails.map(({ body_text: text }) => /\/password\/([\w-]+)/.exec(text)![1]!);
  };
  const reset = (token: string, password: string) =>
    api.http.post(`/api/v1/password-resets/${token}`).send({ password });

  it('ends earlier links, and the lock after too many wrong passwords', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'owner');
    for (let at = 0; at < 11; at += 1) await api.http.post('/api/v1/session').send({ email, password: 'wrong' });
    await api.http.post('/api/v1/session').send({ email, password: PASSWORD }).expect(429);
    for (let at = 0; at < 2; at += 1) {
      await api.http.post('/api/v1/password-resets').send({ email }).expect(202);
      await linksMailedTo(email);
    }
    const [first, second] = await linksMailedTo(email);
    await reset(first!, 'another long password').expect(410);
    await reset(second!, 'another long password').expect(204);
    await openBrowser(api.http, email, 'another long password');
  });

  it('is mailed three times an hour at most, and again an hour later', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'owner');
    for (let at = 0; at < 5; at += 1) await api.http.post('/api/v1/password-resets').send({ email }).expect(202);
    expect(await linksMailedTo(email)).toHaveLength(3);
    api.clock.advance(3_601_000);
    await api.http.post('/api/v1/password-resets').send({ email }).expect(202);
    expect(await linksMailedTo(email)).toHaveLength(4);
  });
});

describe('teams and keys', () => {
  let api: TestApi;
  let vendor: TestVendor;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  afterAll(() => api.close());

  it('take the right away with the assignment, at once', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    const { body } = await owner.get('/api/v1/team').expect(200);
    const member = body.items.find(({ email }: { email: string }) => email === analyst.email);
    await analyst.delete(`/api/v1/team/${member.id}`).expect(403);
    await owner.delete(`/api/v1/team/${member.id}`).expect(204);
    await analyst.get('/api/v1/partners').expect(403);
  });

  it('keep the last owner', async () => {
    const other = await api.aVendor('Lonely');
    const owner = await api.signIn(other.vendorId, 'owner');
    const { body } = await owner.get('/api/v1/team').expect(200);
    const path = `/api/v1/team/${body.items[0].id}`;
    expect((await owner.delete(path).expect(409)).body.code).toBe('team.last-owner');
    expect((await owner.patch(path, { role: 'analyst' }).expect(409)).body.code).toBe('team.last-owner');
    await owner.patch(path, { role: 'owner' }).expect(204);
  });

  it('keep one of two owners who give up their role at the same moment', async () => {
    const other = await api.aVendor('Pair');
    const owners = [await api.signIn(other.vendorId, 'owner'), await api.signIn(other.vendorId, 'owner')];
    const { body } = await owners[0]!.get('/api/v1/team').expect(200);
    const idOf = ({ email }: { email: string }): string =>
      body.items.find((member: { email: string }) => member.email === email).id;
    const answers = await Promise.all(
      owners.map(async (owner) => (await owner.patch(`/api/v1/team/${idOf(owner)}`, { role: 'analyst' })).status),
    );
    expect(answers.sort()).toEqual([204, 409]);
  });

  it('give somebody another role, which holds from the next request on and stands in the audit log', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    const { body } = await owner.get('/api/v1/team').expect(200);
    const { id } = body.items.find(({ email }: { email: string }) => email === analyst.email);
    const group = { name: 'Gold', rule: {} };
    await analyst.post('/api/v1/partner-groups', group).expect(403);
    await analyst.patch(`/api/v1/team/${id}`, { role: 'owner' }).expect(403);
    await owner.patch(`/api/v1/team/${id}`, { role: 'marketer' }).expect(204);
    await analyst.post('/api/v1/partner-groups', group).expect(201);
    // A partner's role.
    expect((await owner.patch(`/api/v1/team/${id}`, { role: 'viewer' }).expect(422)).body.code).toBe('role.unknown');
    const { body: log } = await owner.get('/api/v1/audit-entries?action=person.role-changed').expect(200);
    expect(log.items).toMatchObject([{ subjectId: id, details: { role: 'marketer' } }]);
  });

  it('let a key have no more rights than its person, and end it when the person leaves', async () => {
    const [owner, other] = [await api.signIn(vendor.vendorId, 'owner'), await api.signIn(vendor.vendorId, 'owner')];
    const { body } = await other.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(201);
    const asKey = (path: string) => api.http.get(path).set('Authorization', `Bearer ${body.key}`);
    await asKey('/api/v1/audit-entries').expect(200);
    await asKey('/api/v1/relays').expect(200);
    const { body: listed } = await owner.get('/api/v1/api-keys').expect(200);
    expect(listed.items.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ createdBy: 'owner person' });
    const { body: team } = await owner.get('/api/v1/team').expect(200);
    const path = `/api/v1/team/${team.items.find(({ email }: { email: string }) => email === other.email).id}`;
    await owner.patch(path, { role: 'analyst' }).expect(204);
    await asKey('/api/v1/audit-entries').expect(200);
    await asKey('/api/v1/relays').expect(403);
    await owner.delete(path).expect(204);
    await asKey('/api/v1/audit-entries').expect(401);
    const { body: after } = await owner.get('/api/v1/api-keys').expect(200);
    expect(after.items.find(({ id }: { id: string }) => id === body.id).revokedAt).not.toBeNull();
  });

  it('let no key manage keys or people, also not one that was limited to it', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const limited = { name: 'CI', role: 'owner', permissions: ['vendor-keys.edit'] };
    expect((await owner.post('/api/v1/api-keys', limited).expect(422)).body.code).toBe('api-key.permission-unknown');
    const { body } = await owner.post('/api/v1/api-keys', { name: 'CI', role: 'owner' }).expect(201);
    for (const [path, send] of [
      ['/api/v1/api-keys', { name: 'More', role: 'owner' }],
      ['/api/v1/team/invitations', { email: 'x@example.com', role: 'owner' }],
    ] as const) {
      const answer = await api.http.post(path).set('Authorization', `Bearer ${body.key}`).send(send).expect(403);
      expect(answer.body.code).toBe('permission.person-only');
    }
  });

  it('show a key once, let it do what its role may, and stop it when it is revoked', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const { body } = await owner
      .post('/api/v1/api-keys', { name: 'CI', role: 'marketer', permissions: ['partners.read'] })
      .expect(201);
    const ask = (path: string) => api.http.get(path).set('Authorization', `Bearer ${body.key}`);
    await ask('/api/v1/partners').expect(200);
    await api.http
      .post('/api/v1/partner-groups')
      .set('Authorization', `Bearer ${body.key}`)
      .send({ name: 'x', rule: {} })
      .expect(403);
    expect(JSON.stringify((await owner.get('/api/v1/api-keys')).body)).not.toContain(body.key);
    await owner.delete(`/api/v1/api-keys/${body.id}`).expect(204);
    await ask('/api/v1/partners').expect(401);
  });

  it('narrow a key in what both sides have, too', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const narrowed = { name: 'Report', role: 'owner', permissions: ['vendor-team.read'] };
    const { body } = await owner.post('/api/v1/api-keys', narrowed).expect(201);
    const bearer = `Bearer ${body.key}`;
    await api.http.get('/api/v1/team').set('Authorization', bearer).expect(200);
    await api.http.get('/api/v1/api-keys').set('Authorization', bearer).expect(403);
    const more = { name: 'More', role: 'owner' };
    await api.http.post('/api/v1/api-keys').set('Authorization', bearer).send(more).expect(403);
    const friend = { email: 'friend@example.com', role: 'owner' };
    await api.http.post('/api/v1/team/invitations').set('Authorization', bearer).send(friend).expect(403);
  });

  it('leave a record of who did what', async () => {
    const owner = await api.signIn(vendor.vendorId, 'owner');
    await owner.post('/api/v1/partner-groups', { name: 'Recorded', rule: { tiers: ['gold'] } }).expect(201);
    const { body } = await owner.get('/api/v1/audit-entries').expect(200);
    expect(body.items[0]).toMatchObject({ action: 'partner-group.created', actorName: 'owner person' });
  });
});

describe('the border', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await createTestApi();
  });
  afterAll(() => api.close());

  it('answers malformed JSON with a problem document', async () => {
    const { body, headers } = await api.http
      .post('/api/v1/session')
      .set('Content-Type', 'application/json')
      .send('{"email":')
      .expect(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'request.not-json', status: 400 });
    expect(body.requestId).toEqual(expect.any(String));
  });

  it('answers an unknown route with a problem document', async () => {
    expect((await api.http.get('/api/v1/nothing').expect(404)).body.code).toBe('route.not-found');
  });

  it('refuses a body over a megabyte', async () => {
    expect(
      (
        await api.http
          .post('/api/v1/session')
          .send({ email: 'a', password: 'x'.repeat(1_100_000) })
          .expect(413)
      ).body.code,
    ).toBe('request.too-large');
  });

  it('refuses what unpacks to more than a megabyte', async () => {
    const bomb = gzipSync(JSON.stringify({ email: 'a', password: 'x'.repeat(50_000_000) }));
    expect(bomb.length).toBeLessThan(100_000);
    const request = api.http.post('/api/v1/session').set('Content-Type', 'application/json');
    // What is packed already must go out as it is.
    const packed = request.set('Content-Encoding', 'gzip').serialize((bytes: string) => bytes);
    const { body } = await packed.send(bomb).expect(413);
    expect(body.code).toBe('request.too-large');
  });

  it.each([
    ['an array', '[]', 'application/json', 422],
    ['null', 'null', 'application/json', 400],
    ['a text', '"x"', 'application/json', 400],
    ['nothing', '', 'application/json', 422],
    ['another kind of content', 'email=a', 'text/plain', 415],
    ['JSON that is nested very deeply', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'application/json', 422],
    ['a foreign encoding', '{}', 'application/json; charset=ebcdic', 415],
  ])('refuses %s where an object is wanted', async (_, text, type, status) => {
    const answer = await api.http.post('/api/v1/session').set('Content-Type', type).send(text).expect(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code: expect.stringMatching(/^request\./) });
  });

  it('is not confused by names that objects have of themselves', async () => {
    const text =
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"email":"a@example.com","password":"x"}';
    await api.http.post('/api/v1/session').set('Content-Type', 'application/json').send(text).expect(401);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(['/api/v1/contacts/%', '/p/%E0%A4%A', '/api/v1/invitations/%C0'])(
    'answers the broken address %s with a problem document',
    async (path) => {
      const { body, headers } = await api.http.get(path).set('Accept', 'application/json').expect(400);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({ status: 400 });
    },
  );

  it('lets pages of other origins read nothing', async () => {
    const { headers } = await api.http.get('/api/v1/session').set('Origin', 'https://evil.example');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const preflight = api.http.options('/api/v1/session').set('Origin', 'https://evil.example');
    const answer = await preflight.set('Access-Control-Request-Method', 'POST');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('names each request once, and takes a name only where it is one', async () => {
    const named = await api.http.get('/api/v1/session').set('X-Request-Id', 'a-name-of-mine');
    expect(named.headers['x-request-id']).toBe('a-name-of-mine');
    expect(named.body.requestId).toBe('a-name-of-mine');
    const { headers } = await api.http.get('/api/v1/session').set('X-Request-Id', '<script>');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('documents itself from the schemas that validate', async () => {
    const { body } = await api.http.get('/api/openapi.json').expect(200);
    expect(body.paths['/api/v1/session'].post.requestBody.content['application/json'].schema).toBeDefined();
    // What stopping takes is an addition: programs that send no body go on
    // doing so.
    expect(body.paths['/api/v1/activations/{id}/stop'].post.requestBody).toMatchObject({ required: false });
    expect(body.paths['/api/v1/session'].post.requestBody).toMatchObject({ required: true });
    await api.http.get('/api/docs').expect(200);
  });

  it('documents of every operation what it does, what it answers and how it refuses', async () => {
    interface Operation {
      summary?: string;
      parameters?: { name: string; required?: boolean }[];
      requestBody?: { content: Record<string, { schema: object }> };
      responses: Record<string, { content?: object }>;
    }
    const { body } = await api.http.get('/api/openapi.json').expect(200);
    const lacking = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { summary, responses, requestBody }]) => {
        const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
        const upload = JSON.stringify(requestBody?.content['multipart/form-data'] ?? 'binary');
        return [
          ...((summary ?? '') === '' ? ['summary'] : []),
          ...(status === '202' || status === '204' || answer?.content !== undefined ? [] : ['answer']),
          ...(Object.keys(responses).some((code) => code.startsWith('4')) ? [] : ['problems']),
          ...(upload.includes('binary') ? [] : ['file']),
        ].map((what) => `${method} ${path}: ${what}`);
      }),
    );
    expect(lacking).toEqual([]);
    const headers = body.paths['/api/v1/activations'].post.parameters as { name: string; required: boolean }[];
    expect(headers).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', required: true }));
    expect(body.components.securitySchemes.bearer).toMatchObject({ scheme: 'bearer', bearerFormat: 'opaque' });
  });

  it('sends the headers that browsers protect people by', async () => {
    const { headers } = await api.http.get('/api/v1/session').expect(401);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("object-src 'none'");
    expect(headers['content-security-policy']).toContain("base-uri 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    for (const path of ['/health/live', '/health/ready', '/api/openapi.json', '/p/none'])
      expect((await api.http.get(path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(/default-src '(?:self|none)'/),
      });
  });
});
