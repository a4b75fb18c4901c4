import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { callOut, type OutboundReach, type OutboundRequest } from './call-out.js';
import { TEST_CERTIFICATE } from './certificate.fixture.js';

const REQUEST = { method: 'GET', timeoutMs: 5_000, maxBodyBytes: 1_000, maxRedirects: 3 } as const;
const leadsTo =
  (...addresses: string[]): LookupFunction =>
  (_host, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (all === true) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };

describe('a request to an address that a user chose', () => {
  let server: Server;
  let port: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: string[];

  beforeAll(async () => {
    const { key, certificate } = TEST_CERTIFICATE;
    server = createServer({ key, cert: certificate }, (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    asked = [];
    answer = (_, response) => response.end('hello');
  });

  const here = (): OutboundReach => ({
    ports: [port],
    allowedAddresses: ['127.0.0.1'],
    certificateAuthority: TEST_CERTIFICATE.certificate,
    lookup: leadsTo('127.0.0.1'),
  });
  const at = (path: string, host = 'links.example'): string => `https://${host}:${port}${path}`;
  const call = (url: string, reach: OutboundReach = here(), more: Partial<OutboundRequest> = {}) =>
    callOut({ ...REQUEST, url, ...more }, reach);

  it('gives the answer, whatever its status', async () => {
    answer = (_, response) => response.writeHead(404).end('gone');
    const answered = await call(at('/page'));
    expect(answered).toMatchObject({ ok: true, status: 404, truncated: false, url: at('/page') });
    expect(answered.ok && answered.body.toString()).toBe('gone');
  });

  it('sends a body with what describes it', async () => {
    let received = '';
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.toString()));
      request.on('end', () => response.writeHead(202, { 'x-type': request.headers['content-type'] }).end());
    };
    const body = Buffer.from('{"id":1}');
    const answered = await call(at('/hook'), here(), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answered).toMatchObject({ ok: true, status: 202, headers: { 'x-type': 'application/json' } });
    expect(received).toBe('{"id":1}');
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['a private network', '10.1.2.3'],
    ['another private network', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local, where clouds keep their metadata', '169.254.169.254'],
    ['the unspecified address', '0.0.0.0'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved for benchmarks', '198.18.0.1'],
    ['IPv6 loopback', '::1'],
    ['a unique local address', 'fd00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['an IPv4 address mapped into IPv6', '::ffff:127.0.0.1'],
    ['an IPv4 address translated into IPv6', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
  ])('refuses a name that leads to %s', async (_, address) => {
    const reach = { ...here(), allowedAddresses: [], lookup: leadsTo(address) };
    expect(await call(at('/'), reach)).toMatchObject({ ok: false, code: 'address-refused' });
    expect(asked).toEqual([]);
  });

  it('refuses a name of which one address is public and another is not', async () => {
    const reach = { ...here(), allowedAddresses: [], lookup: leadsTo('93.184.216.34', '127.0.0.1') };
    expect(await call(at('/'), reach)).toMatchObject({ ok: false, code: 'address-refused' });
  });

  it('resolves a name once, in the step that connects', async () => {
    let times = 0;
    const lookup: LookupFunction = (host, options, done) => {
      times += 1;
      leadsTo(times === 1 ? '127.0.0.1' : '10.0.0.1')(host, options, done);
    };
    expect(await call(at('/'), { ...here(), lookup })).toMatchObject({ ok: true, status: 200 });
    expect(times).toBe(1);
  });

  it.each([
    ['an address in numbers', () => `https://127.0.0.1:${port}/`],
    ['numbers written in another way', () => `https://2130706433:${port}/`],
    ['an IPv6 address', () => `https://[::1]:${port}/`],
    ['a mapped address', () => `https://[::ffff:7f00:1]:${port}/`],
    ['plain http', () => `http://links.example:${port}/`],
    ['another scheme', () => 'file:///etc/passwd'],
    ['a password', () => `https://me:secret@links.example:${port}/`],
    ['another port', () => 'https://links.example:22/'],
    ['no address', () => 'not an address'],
  ])('refuses %s', async (_, url) => {
    expect(await call(url(), { ...here(), allowedAddresses: [] })).toMatchObject({
      ok: false,
      code: 'address-refused',
    });
    expect(asked).toEqual([]);
  });

  it('follows redirects, also to relative addresses', async () => {
    answer = ({ url }, response) =>
      url === '/end' ? response.end('there') : response.writeHead(302, { location: url === '/a' ? 'b' : '/end' }).end();
    expect(await call(at('/a'))).toMatchObject({ ok: true, status: 200, url: at('/end') });
    expect(asked).toEqual(['GET /a', 'GET /b', 'GET /end']);
  });

  it.each([
    ['another scheme', 'http://links.example/'],
    ['a metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['a file', 'file:///etc/passwd'],
    ['nonsense', 'https://'],
  ])('refuses a redirect to %s', async (_, location) => {
    answer = (_request, response) => response.writeHead(301, { location }).end();
    expect(await call(at('/'), { ...here(), ports: [port, 443] })).toMatchObject({
      ok: false,
      code: 'address-refused',
    });
    expect(asked).toEqual(['GET /']);
  });

  it('judges the address that a redirect’s name leads to', async () => {
    answer = (_, response) => response.writeHead(302, { location: at('/', 'other.example') }).end();
    const lookup: LookupFunction = (host, options, done) => {
      leadsTo(host === 'other.example' ? '192.168.0.1' : '127.0.0.1')(host, options, done);
    };
    const refused = await call(at('/'), { ...here(), lookup });
    expect(refused).toMatchObject({ ok: false, code: 'address-refused', url: at('/', 'other.example') });
  });

  it('ends a circle of redirects', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/' }).end();
    expect(await call(at('/'))).toMatchObject({ ok: false, code: 'too-many-redirects' });
    expect(asked).toHaveLength(4);
  });

  it('gives a redirect back where none is wanted', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/end' }).end();
    expect(await call(at('/'), here(), { maxRedirects: 0 })).toMatchObject({ ok: true, status: 302 });
    expect(await call(at('/'), here(), { method: 'POST' })).toMatchObject({ ok: true, status: 302 });
  });

  it('reads a body so far and no further', async () => {
    answer = (_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(64_000), () => setImmediate(more));
      };
      more();
    };
    const answered = await call(at('/endless'));
    expect(answered.ok && [answered.truncated, answered.body.length]).toEqual([true, 1_000]);
  });

  it.each([
    ['nothing', () => undefined],
    ['a little now and then', (_: IncomingMessage, response: ServerResponse) => drip(response)],
  ])('stops waiting where %s comes', async (_, slowly) => {
    answer = slowly;
    expect(await call(at('/slow'), here(), { timeoutMs: 300 })).toMatchObject({ ok: false, code: 'timed-out' });
  });

  it('refuses a certificate without a trusted authority', async () => {
    const { ports, allowedAddresses, lookup } = here();
    expect(await call(at('/'), { ports, allowedAddresses, lookup })).toMatchObject({
      ok: false,
      code: 'certificate-invalid',
    });
    expect(asked).toEqual([]);
  });

  it('refuses a certificate of another name', async () => {
    expect(await call(at('/', 'third.example'))).toMatchObject({ ok: false, code: 'certificate-invalid' });
  });

  it('reports an unresolved name and a refused connection', async () => {
    const lookup: LookupFunction = (_host, _options, done) => {
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 4);
    };
    expect(await call(at('/'), { ...here(), lookup })).toMatchObject({ ok: false, code: 'name-unresolved' });
    expect(await callOut({ ...REQUEST, url: 'https://links.example:1/' }, { ...here(), ports: [1] })).toMatchObject({
      ok: false,
      code: 'unreachable',
    });
  });
});

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('.'), 50);
  response.on('close', () => clearInterval(timer));
}
