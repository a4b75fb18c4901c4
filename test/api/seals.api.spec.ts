import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '#kernel';
import { verify } from '../../apps/cli/src/verify-command.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('seals', () => {
  let stage: TestProduct;
  let owner: Browser;
  let folder: string;
  const lines: string[] = [];

  beforeAll(async () => {
    stage = await openTestProduct({}, {}, { posts: true });
    ({ owner } = stage.partner);
    folder = await mkdtemp(join(tmpdir(), 'throughline-seals-'));
  });
  beforeEach(() => {
    stage.toWorkingHours();
    lines.length = 0;
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const download = async (path: string, name: string, by = owner): Promise<string> => {
    const { body } = await by.get(path).buffer(true).expect(200);
    return file(name, JSON.stringify(body));
  };
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const keys = (): Promise<string> => download(`/api/v1/vendors/${stage.vendor.vendorId}/signing-keys`, 'keys.json');
  const run = async (path: string, evidence: Omit<Parameters<typeof verify>[1], 'key'>): Promise<number> => {
    try {
      await verify(path, { ...evidence, key: await keys() }, (line) => void lines.push(line));
      return 0;
    } catch (error) {
      lines.push((error as Error).message);
      return (error as { exitCode?: number }).exitCode ?? 99;
    }
  };
  const firstMessage = async (path: string): Promise<{ messageId: string; outcome: string; reason: string }> => {
    let found: { messageId: string; outcome: string; reason: string } | undefined;
    await until(async () => {
      const { body } = await owner.get(`${path}/messages`).expect(200);
      [found] = body.items;
      return found !== undefined && found.outcome !== 'pending';
    }, 'what became of the message');
    return found!;
  };
  const auditOf = async (by: Browser): Promise<{ action: string; details: Record<string, unknown> }[]> =>
    (await by.get('/api/v1/audit-entries?limit=200').expect(200)).body.items;
  const vendorOwner = (): Promise<Browser> => stage.api.signIn(stage.vendor.vendorId, 'owner');

  describe('a mail that came', () => {
    it('is verified offline, down to its very bytes', async () => {
      const { path, email } = await stage.running();
      const [mail] = await stage.mailTo(email);
      const { messageId } = await firstMessage(path);
      const eml = await file('mail.eml', mail!.raw);
      const manifest = await download(`${path}/manifest`, 'manifest.json');
      const seal = await download(`${path}/seal`, 'seal.json');
      const receipt = await download(`/api/v1/messages/${messageId}/receipt`, 'receipt.json');
      expect([await run(eml, { manifest }), lines]).toEqual([
        0,
        expect.arrayContaining([expect.stringMatching(/^intact .*email welcome \(en\)$/)]),
      ]);
      expect([await run(eml, { manifest, seal, receipt }), lines]).toEqual([0, expect.anything()]);
      expect(lines.join('\n')).toContain('Locks intact: legal, footer');
    });

    it('is recognised as broken, with lock, place and excerpt', async () => {
      const { path, email } = await stage.running();
      const [mail] = await stage.mailTo(email);
      const manifest = await download(`${path}/manifest`, 'manifest.json');
      const changed = mail!.raw.toString('latin1').replaceAll('do not constitute a wa', 'do    constitute a wa');
      expect(changed).not.toBe(mail!.raw.toString('latin1'));
      expect(await run(await file('broken.eml', Buffer.from(changed, 'latin1')), { manifest })).toBe(1);
      expect(lines.join('\n')).toMatch(
        /BROKEN[\s\S]*line \d+, byte \d+: The lock “legal” was broken\.[\s\S]*lock: +legal[\s\S]*expected: "not constitute[\s\S]*found: +" +constitute/,
      );
    });

    it('is not the one of another’s receipt, nor of another campaign’s manifest', async () => {
      const [one, two] = [await stage.running(), await stage.running()];
      const [mail] = await stage.mailTo(one.email);
      const { messageId } = await firstMessage(two.path);
      const eml = await file('mail.eml', mail!.raw);
      const manifest = await download(`${one.path}/manifest`, 'manifest.json');
      const receipt = await download(`/api/v1/messages/${messageId}/receipt`, 'receipt.json');
      expect(await run(eml, { manifest, receipt })).toBe(1);
      const body = (await owner.get(`${one.path}/manifest`).expect(200)).body as { payload: { packageHash: string } };
      body.payload.packageHash = 'f'.repeat(64);
      expect(await run(eml, { manifest: await file('forged.json', JSON.stringify(body)) })).toBe(1);
      expect(lines.at(-1)).toContain('changed afterwards');
      expect(await run(join(folder, 'nothing.eml'), { manifest })).toBe(2);
    });
  });

  it('hold in a landing page, a document and a picture as they are served', async () => {
    const { path, pagePath } = await stage.running();
    const manifest = await download(`${path}/manifest`, 'manifest.json');
    const seal = await download(`${path}/seal`, 'seal.json');
    const page = await stage.api.http.get(pagePath).expect(200);
    expect([await run(await file('page.html', page.text), { manifest, seal }), lines]).toEqual([0, expect.anything()]);
    expect(await run(await file('page.html', page.text.replace('</h1>', ' for free</h1>')), { manifest })).toBe(1);
    type Asset = { id: string; kind: string };
    let assets: Asset[] = [];
    await until(
      async () => (assets = (await owner.get(`${path}/assets`).expect(200)).body.items as Asset[]).length >= 4,
      'documents and pictures',
    );
    for (const { id, kind } of assets) {
      const { body } = await owner.get(`${path}/assets/${id}`).buffer(true).parse(bytesOf).expect(200);
      const bytes = body as Buffer;
      const name = kind === 'document' ? 'brochure.pdf' : 'post.jpg';
      const receipt = await download(`/api/v1/assets/${id}/receipt`, 'receipt.json');
      expect([await run(await file(name, bytes), { manifest, receipt }), lines]).toEqual([0, expect.anything()]);
      const changed = Buffer.from(bytes);
      changed[changed.length - 20] = (changed[changed.length - 20]! + 1) % 256;
      expect(await run(await file(name, changed), { manifest, receipt })).toBe(1);
      expect(await run(await file(name, bytes), { manifest })).toBe(kind === 'document' ? 0 : 2);
    }
    expect(assets.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['document', 'social']));
  });

  describe('that do not hold', () => {
    const tamper = (id: string, kind: 'email' | 'page'): Promise<unknown> =>
      stage.api.asOwner(
        `DO $$ BEGIN
           ALTER TABLE activations.baked_master DISABLE TRIGGER baked_master_is_final;
           UPDATE activations.baked_master SET baked = replace(baked::text, 'Northwind Edge', 'Northwind Free')::jsonb WHERE activation_id = '${id}' AND kind = '${kind}';
           ALTER TABLE activations.baked_master ENABLE TRIGGER baked_master_is_final;
         END $$`,
      );

    it('keep a mail from being sent, with a reason, in both audit logs, counted', async () => {
      const { id, path, email } = await stage.running(owner, { startAt: stage.inDays(1) });
      await tamper(id, 'email');
      stage.api.clock.advance(DAY_MS + 60_000);
      stage.toWorkingHours();
      expect(await firstMessage(path)).toMatchObject({ outcome: 'failed', reason: 'seal-broken' });
      expect(stage.mails.to(email)).toEqual([]);
      for (const reader of [owner, await vendorOwner()]) {
        const entry = (await auditOf(reader)).find(({ action }) => action === 'seal.refused');
        expect(entry?.details).toMatchObject({ medium: 'email', key: 'welcome', code: 'locked-copy' });
      }
      const { register } = await import('prom-client');
      expect(await register.metrics()).toMatch(/throughline_seal_refusals_total\{medium="email"\} [1-9]/);
    });

    it('keep a page from being shown', async () => {
      const { id, pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      await tamper(id, 'page');
      const { body } = await stage.api.http.get(pagePath).set('Accept', 'application/json').expect(503);
      expect(body.code).toBe('seal.broken');
    });
  });

  describe('keys', () => {
    it('are public, and rotate: what was signed stays verifiable', async () => {
      const { path, email } = await stage.running();
      const [mail] = await stage.mailTo(email);
      const manifest = await download(`${path}/manifest`, 'manifest.json');
      const before = (await stage.api.http.get(`/api/v1/vendors/${stage.vendor.vendorId}/signing-keys`).expect(200))
        .body;
      expect(JSON.stringify(before)).not.toMatch(/private|"d"/);
      const rotated = await (await vendorOwner()).post('/api/v1/signing-keys').expect(201);
      expect(rotated.body.keys).toHaveLength(Number(before.keys.length) + 1);
      expect(await run(await file('mail.eml', mail!.raw), { manifest })).toBe(0);
      const next = await stage.running();
      const [later] = await stage.mailTo(next.email);
      const { messageId } = await firstMessage(next.path);
      const receipt = await download(`/api/v1/messages/${messageId}/receipt`, 'receipt.json');
      expect(await run(await file('later.eml', later!.raw), { manifest, receipt })).toBe(0);
      expect((await auditOf(await vendorOwner())).map(({ action }) => action)).toContain('signing-key.rotated');
    });

    it('of a vendor that there is not are not found', async () => {
      await stage.api.http.get('/api/v1/vendors/0199aaaa-0000-7000-8000-00000000dead/signing-keys').expect(404);
    });
  });
});

function bytesOf(response: object, done: (error: Error | null, body: Buffer) => void): void {
  const stream = response as NodeJS.ReadableStream;
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
}
