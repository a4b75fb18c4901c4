import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { newId } from '#kernel';
import type { Browser } from '../support/api.js';
import { ROWS } from '../support/access-matrix.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const RUNS = process.env['LONG'] === '1' ? 6_000 : 600;
const LIMIT_MS = 240_000;
/**
 * Would be markup, an attribute or a header of its own, wherever it came out as
 * it went in.
 */
const CANARY = `zq<i x="y'z">`;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json',
  'application/json; charset=ebcdic',
  'text/plain',
  'application/octet-stream',
  'text/html; charset="<i>"',
  ';',
];

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly text: string;
  readonly tookMs: number;
}

describe('whatever strangers send', () => {
  let stage: TestProduct;
  let owner: Browser;
  let port: number;
  let doors: { l: string; u: string; v: string; p: string };

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
    port = (stage.api.app.getHttpServer().address() as AddressInfo).port;
    doors = await aMail();
  });
  afterAll(() => stage.close());

  const aMail = async (): Promise<typeof doors> => {
    stage.toWorkingHours();
    const { email, path, pagePath } = await stage.running(owner, {
      versionId: (await stage.anotherCampaign()).versionId,
    });
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the mail');
    const find = (text: string, door: string): string => new RegExp(`/${door}/([\\w-]+)`).exec(text)![1]!;
    const html = mail!.html as string;
    return {
      l: find(html, 'l'),
      u: find(JSON.stringify(mail!.headers.get('list')), 'u'),
      v: find(html, 'v'),
      p: pagePath.slice('/p/'.length),
    };
  };
  const ask = ({ method, path, headers, body }: Ask): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const tookMs = performance.now() - began;
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.rawHeaders.join('\n'), text, tookMs });
        });
      });
      request.on('error', reject);
      request.end(method === 'GET' || method === 'HEAD' ? undefined : body);
    });
  const form = (path: string, fields: Record<string, string>): Promise<Answer> =>
    ask({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(fields).toString()),
    });

  /**
   * Every route for which nobody need be signed in. The matrix has all that
   * there are (its own test holds it to the router), and the product's document
   * is asked, too: a new one is among them by itself.
   */
  const publicRoutes = async (): Promise<{ method: string; template: string }[]> => {
    const routes = [...new Set(ROWS.filter(({ right }) => right === 'public').map(({ route }) => route))];
    const { body: document } = await stage.api.http.get('/api/openapi.json').expect(200);
    const paths = document.paths as Record<string, Record<string, { security?: unknown[] }>>;
    const documented = Object.entries(paths).flatMap(([template, operations]) =>
      Object.entries(operations)
        .filter(([, { security }]) => security?.length === 0)
        .map(([method]) => `${method.toUpperCase()} ${template.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.length).toBeGreaterThan(15);
    expect(routes).toEqual(expect.arrayContaining(documented));
    return routes.map((route) => {
      const [method = '', template = ''] = route.split(' ');
      return { method, template };
    });
  };

  const ugly = fc.oneof(
    fc.constantFrom(
      CANARY,
      '',
      '%00',
      '../../etc/passwd',
      '..%2f..%2fetc',
      "' OR 1=1--",
      '{{7*7}}',
      '__proto__',
      '%E0%A4%A',
      '\u202Egnp.exe',
    ),
    fc.string({ maxLength: 60 }),
    fc.base64String({ maxLength: 60 }),
    fc.uuid(),
    fc.constant('A'.repeat(5_000)),
  );
  const segment = ugly.map((text) =>
    /%[0-9A-Fa-f]{0,2}/.test(text) ? text.replace(/[^\w%./-]/g, '') : encodeURIComponent(text.toWellFormed()),
  );
  /**
   * What stands in a template's place: something real, something real that was
   * changed, or anything at all.
   */
  const filled = (template: string): fc.Arbitrary<string> => {
    const real = (doors as Partial<Record<string, string>>)[template.split('/')[1] ?? ''] ?? newId();
    const changed = fc.tuple(fc.nat(60), segment).map(([at, words]) => {
      const place = at % real.length;
      return real.slice(0, place) + words + real.slice(place + 1);
    });
    const place = fc.oneof(fc.constant(real), changed, segment);
    const tail = fc.oneof(
      fc.constantFrom('', '', '', '?t=', '?again&again', '?again=', '?choice=unsubscribe&', '/x', '//'),
      segment.map((words) => `?${words}=${words}`),
    );
    return fc.tuple(fc.array(place, { minLength: 3, maxLength: 3 }), tail, segment).map(([places, end, words]) => {
      const path = template.replace(/:\w+/g, () => places.pop() ?? '');
      return `${path}${end}${end.endsWith('=') || end.endsWith('&') ? words : ''}`;
    });
  };
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc
      .dictionary(
        fc.constantFrom(
          'email',
          'firstName',
          'lastName',
          'company',
          'message',
          'consent',
          'choice',
          'website',
          '__proto__',
          'token',
          'password',
          'name',
        ),
        ugly,
        { maxKeys: 8 },
      )
      .map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
    fc.json().map((text) => Buffer.from(text)),
    fc.constant(
      Buffer.from(
        `email=${encodeURIComponent(CANARY)}&firstName=${encodeURIComponent(CANARY)}&message=${encodeURIComponent(CANARY)}`,
      ),
    ),
    fc.constant(Buffer.from('a[b][c][d][e][f]=1&email[]=x&email[]=y&choice[x]=leave')),
    fc.constant(Buffer.alloc(200_000, 'x=')),
    fc.constant(Buffer.from('--x\r\nContent-Disposition: form-data; name="choice"\r\n\r\nleave')),
  );
  const headers = fc.record(
    {
      'content-type': fc.constantFrom(...TYPES),
      'user-agent': fc.constantFrom('', CANARY, 'x'.repeat(4_000), 'Mozilla/5.0'),
      'accept-language': fc.constantFrom('de', '*', 'x'.repeat(500), 'en;q=NaN', CANARY, 'fr-FR,fr;q=0.9'),
      accept: fc.constantFrom('*/*', 'text/html', 'application/json', 'image/png', '', CANARY),
      host: fc.constantFrom('evil.example', 'localhost', '127.0.0.1:1'),
      'x-forwarded-host': fc.constant('evil.example'),
      'x-forwarded-for': fc.constantFrom('1.2.3.4', CANARY, '::1, 1'),
      origin: fc.constantFrom('https://evil.example', 'null'),
      range: fc.constantFrom('bytes=0-1', 'bytes=9-1', 'x'),
      'content-encoding': fc.constantFrom('gzip', 'br', 'x'),
      'if-none-match': fc.constantFrom('*', '"x"'),
      'x-http-method-override': fc.constant('DELETE'),
    },
    { requiredKeys: [] },
  );

  it('are led nowhere else by a path that a browser could read as another host', async () => {
    const paths = [
      '//evil.example/%2e%2e',
      '/\\evil.example/../assets',
      '/\\evil.example/%2e%2e/assets',
      '/%5cevil.example/..',
      '/%2fevil.example/%2e%2e',
      '//evil.example//assets',
      '/%09/evil.example/../assets',
      `${doors.l}//evil.example`,
      `${doors.l}?url=https://evil.example`,
      `//evil.example${doors.l}`,
      `${doors.p}//evil.example/..`,
    ];
    for (const path of paths) {
      const { headers } = await ask({ method: 'GET', path, headers: { accept: 'text/html' }, body: Buffer.alloc(0) });
      expect(`${path}: ${/^location\n(.*)$/im.exec(headers)?.[1] ?? ''}`).not.toMatch(/: .*evil/);
    }
  });

  it(
    'is answered without an error of ours, without being said back, and never leads elsewhere',
    async () => {
      const counts: Record<number, number> = {};
      const open = await publicRoutes();
      for (const { method, template } of open) {
        const property = fc.asyncProperty(
          fc.oneof({ weight: 3, arbitrary: fc.constant(method) }, fc.constantFrom(...METHODS)),
          filled(template),
          headers,
          body,
          async (by, at, given, content) => {
            const answer = await ask({ method: by, path: at, headers: given, body: content });
            counts[answer.status] = (counts[answer.status] ?? 0) + 1;
            expect(answer.status).toBeLessThan(500);
            expect(`${answer.headers}${answer.text}`).not.toContain(CANARY);
            expect(answer.headers).not.toContain('evil.example');
            expect(answer.text).not.toContain('evil.example');
            expect(answer.text).not.toMatch(/at \w+.*\.[jt]s:\d+|node_modules|SELECT |QueryFailed/);
          },
        );
        await fc.assert(property, { numRuns: Math.ceil(RUNS / open.length) });
      }
      process.stdout.write(`${open.length} public endpoints: ${RUNS} requests, by status ${JSON.stringify(counts)}\n`);
      expect(Object.keys(counts).length).toBeGreaterThan(3);
    },
    LIMIT_MS,
  );

  it('says nothing of who is known: a form that a contact sends is answered like anybody’s, and as fast', async () => {
    const list = await stage.aList(
      owner,
      Array.from({ length: 30 }, () => ({})),
    );
    const known: Answer[] = [];
    const unknown: Answer[] = [];
    const fields = { firstName: 'A', lastName: 'B', company: 'C', consent: 'yes' };
    await form(`/p/${doors.p}/form`, { ...fields, email: 'warm@customer.example' });
    for (const [at, email] of list.emails.entries()) {
      known.push(await form(`/p/${doors.p}/form`, { ...fields, email }));
      unknown.push(await form(`/p/${doors.p}/form`, { ...fields, email: `stranger${at}@customer.example` }));
    }
    expect(new Set([...known, ...unknown].map(({ text }) => text)).size).toBe(1);
    expect(new Set([...known, ...unknown].map(({ status }) => status))).toEqual(new Set([200]));
    const [ours, others] = [median(known), median(unknown)];
    process.stdout.write(`form: median ${ours.toFixed(1)} ms for contacts, ${others.toFixed(1)} ms for strangers\n`);
    expect(Math.abs(ours - others)).toBeLessThan(Math.max(10, 0.5 * Math.min(ours, others)));
  });

  it.each(['l', 'u', 'v'] as const)(
    'answers /%s alike for what never was, what is another’s and what was forged',
    async (one) => {
      const real = Buffer.from(doors[one], 'base64url');
      const other = Buffer.concat([Buffer.from(newId().replaceAll('-', ''), 'hex'), real.subarray(16)]).toString(
        'base64url',
      );
      const forged = Buffer.concat([real.subarray(0, 20), Buffer.alloc(9)]).toString('base64url');
      const plain = (token: string): Promise<Answer> =>
        ask({ method: 'GET', path: `/${one}/${token}`, headers: {}, body: Buffer.alloc(0) });
      const answers = [await plain(other), await plain(forged), await plain('A'.repeat(39)), await plain('x')];
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    },
  );
});

function median(answers: readonly Answer[]): number {
  const sorted = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
