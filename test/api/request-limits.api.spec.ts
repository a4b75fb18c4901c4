import { newId } from '#kernel';
import { SPAM_TRAP } from '#rendering';
import { createTestApi } from '../support/api.js';
import { openTestProduct } from '../support/test-product.js';

describe('too many requests from one address', () => {
  it('give a form back as it was filled in, in the language of its page', async () => {
    const stage = await openTestProduct({ RATE_LIMIT_SCALE: '1' });
    const { pagePath } = await stage.running(undefined, { startAt: stage.inDays(1) });
    const form = { email: 'vera@prospect.example', firstName: 'Vera', lastName: 'Visitor', company: '"Prospects"' };
    const send = (more: object) =>
      stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ ...form, language: 'de', consent: 'yes', ...more });
    await send({ email: 'first@prospect.example' }).expect(200);
    // Nobody's: what people cannot see is filled in.
    for (let sent = 1; sent < 20; sent++) await send({ [SPAM_TRAP]: 'x' }).expect(200);
    const { text, headers } = await send({ lastName: '' }).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers['ratelimit']).toMatch(/"; r=0; t=\d+$/);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain('<html lang="en"');
    expect(text).toContain('your entries are still here: please send the form again in a minute.');
    expect(text).toContain('value="vera@prospect.example"');
    expect(text).toContain('value="&#34;Prospects&#34;"');
    expect(text).toMatch(/id="tc-consent"[^>]* checked/);
    expect(text).not.toContain('<script');
    const { body } = await stage.partner.owner.get('/api/v1/leads').expect(200);
    expect((body.items as { email: string }[]).map(({ email }) => email)).toEqual(['first@prospect.example']);
    await stage.close();
  });

  it('are refused at sign-in and on public pages, each by its own count', async () => {
    const api = await createTestApi({ environment: { RATE_LIMIT_SCALE: '0.1' } });
    const signIn = (): Promise<{ status: number }> =>
      Promise.resolve(api.http.post('/api/v1/session').send({ email: `a${newId()}@example.com`, password: 'x' }));
    expect((await signIn()).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    const { body, headers } = await api.http.post('/api/v1/session').send({ email: 'a@example.com', password: 'x' });
    expect(body).toMatchObject({ status: 429, code: 'request.too-many' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers['ratelimit']).toMatch(/"; r=0; t=\d+$/);
    await api.http.post('/api/v1/password-resets').send({ email: 'a@example.com' }).expect(429);
    await api.http.get('/api/v1/invitations/made-up').expect(429);
    const pages = await Promise.all(Array.from({ length: 31 }, () => api.http.get('/p/nobody')));
    expect(pages.filter(({ status }) => status === 404)).toHaveLength(30);
    expect(pages.filter(({ status }) => status === 429)).toHaveLength(1);
    await api.http.get('/api/v1/session').expect(401);
    await api.close();
  });
});
