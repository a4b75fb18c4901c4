import { readdirSync } from 'node:fs';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PartnerId } from '#kernel';
import { createTestApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';

interface Held {
  readonly request: ClientRequest;
  /** The status, or null while there is no answer. */
  readonly status: () => number | null;
  readonly code: () => string;
}

/** Requests whose bodies begin and do not end. */
describe('a body that does not end', () => {
  let api: TestApi;
  let port: number;
  const open: Held[] = [];
  beforeAll(async () => {
    api = await createTestApi();
    port = (api.app.getHttpServer().address() as AddressInfo).port;
  });
  afterEach(() => {
    for (const { request } of open.splice(0)) request.destroy();
  });
  afterAll(() => api.close());

  const hold = (path: string, headers: Readonly<Record<string, string>>, beginning: string): Held => {
    let status: number | null = null;
    let text = '';
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path, headers, agent: false });
    request.on('response', (response) => {
      status = response.statusCode ?? 0;
      response.on('data', (piece: Buffer) => (text += piece.toString()));
    });
    request.on('error', () => undefined);
    request.write(beginning);
    const held = { request, status: () => status, code: () => (JSON.parse(text) as { code: string }).code };
    open.push(held);
    return held;
  };

  it('is held for 16 MB of a network, and small requests are answered all the same', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '1048000' };
    for (let number = 0; number < 20; number += 1) hold('/api/v1/contacts', headers, '{');
    await until(() => open.filter(({ status }) => status() === 429).length >= 4);
    const refused = open.filter(({ status }) => status() !== null);
    expect(refused).toHaveLength(4);
    await until(() => refused.every(({ code }) => code() === 'request.too-many'));
    await api.http.post('/api/v1/session').send({ email: 'a@b.example', password: 'wrong' }).expect(401);
    for (const { request } of open.splice(0)) request.destroy();
    await until(async () => {
      const large = { email: 'a@b.example', password: 'x'.repeat(100_000) };
      return (await api.http.post('/api/v1/session').send(large)).status !== 429;
    });
  });

  it('of an upload is on disk, is one of three of an organisation, and leaves nothing', async () => {
    const vendor = await api.aVendor();
    const [partner, other] = [await api.aPartner(vendor), await api.aPartner(vendor)];
    const keyOf = (id: PartnerId): Promise<string> => api.apiKey(id, 'partner', 'marketer');
    const [key, otherKey] = [await keyOf(partner), await keyOf(other)];
    const upload = (bearer: string): Held =>
      hold(
        '/api/v1/contact-imports/preview',
        {
          authorization: `Bearer ${bearer}`,
          'content-type': 'multipart/form-data; boundary=XX',
          'content-length': String(10 * 1024 * 1024),
        },
        `--XX\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${'a,b\n'.repeat(65_536)}`,
      );
    const folder = join(api.config.STORAGE_FOLDER, 'temporary');
    const files = (): string[] => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    };
    for (let number = 0; number < 3; number += 1) upload(key);
    await until(() => files().length === 3);
    const fourth = upload(key);
    await until(() => fourth.status() !== null);
    expect(fourth.status()).toBe(429);
    await until(() => fourth.code() === 'upload.too-many');
    await api.http
      .post('/api/v1/contact-imports/preview')
      .set('Authorization', `Bearer ${otherKey}`)
      .attach('file', Buffer.from('email\nada@example.com\n'), 'x.csv')
      .expect(200);
    for (const { request } of open.splice(0)) request.destroy();
    await until(() => files().length === 0);
    await until(async () => {
      const again = api.http.post('/api/v1/contact-imports/preview').set('Authorization', `Bearer ${key}`);
      return (await again.attach('file', Buffer.from('email\nada@example.com\n'), 'x.csv')).status === 200;
    });
  });
});
