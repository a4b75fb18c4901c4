import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locale } from '#kernel';
import { type Evidence, type FileVerdict, verifyFile } from '#seal';
import { SigningVendor } from '../support/signing-vendor.js';
import { samplePartners, shippedSamples } from '../support/compiled-samples.js';
import { Victim } from '../support/pdf-forgery.js';
import { animated, chunk, flood, packedText, withChunks } from '../support/png-forgery.js';
import { sealedFiles } from '../support/sealed-files.js';
import { getDocument } from '../../libs/artwork/src/document/pdf-reader.fixture.js';
import { BYTES, SHOWN } from './pdf-forgeries.js';

/**
 * A partner's sealed document and picture, forged in every way that PDF allows,
 * checked by the command line's verifier.
 */
const LIMIT_MS = 240_000;
const LOCK = 'document brochure (de)';

let folder: string;
let victim: Victim;
let locked: Evidence;
let whole: Evidence;
let picture: Buffer;
let honestView: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-forger-'));
  const [[sample], [partner]] = await Promise.all([shippedSamples(['zero-trust-edge']), samplePartners()]);
  if (sample === undefined || partner === undefined) throw new Error('A shipped sample or partner is missing.');
  const signingVendor = await SigningVendor.publish(sample);
  const { files, receipts } = await sealedFiles(sample, partner, signingVendor, 'de' as Locale);
  victim = await Victim.parse(files.document);
  honestView = await readersView(files.document);
  picture = files.png;
  locked = signingVendor.evidence();
  whole = signingVendor.evidence({ receipt: receipts.document });
}, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true }));

/** Output of a program on a file, even if it fails. */
function said(program: string, ...args: string[]): Buffer {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 100_000_000 });
  } catch (error) {
    return (error as { stdout: Buffer }).stdout;
  }
}

/**
 * A hash of everything that independent readers (poppler, PDF.js) show of a
 * document, and its actions.
 */
async function readersView(bytes: Buffer): Promise<string> {
  const file = join(folder, 'x.pdf');
  writeFileSync(file, bytes);
  return createHash('sha256')
    .update(said('pdftotext', '-layout', file, '-'))
    .update(said('pdftoppm', '-r', '24', file))
    .update(JSON.stringify(await actionsOf(bytes)))
    .update((await Victim.parse(bytes).catch(() => null))?.opening ?? 'unreadable')
    .digest('hex');
}

async function actionsOf(bytes: Buffer): Promise<object> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise.catch(() => null);
  if (document === null) return {};
  const pages = Array.from({ length: document.numPages }, async (_, at) => {
    const page = await document.getPage(at + 1);
    return [page.view, page.userUnit, await page.getJSActions(), await page.getAnnotations()];
  });
  const view = {
    pages: await Promise.all(pages),
    script: await document.getJSActions(),
    opening: await document.getOpenAction(),
    files: await document.getAttachments(),
    outline: await document.getOutline(),
    metadata: await document.getMetadata(),
    mode: await document.getPageMode(),
    marks: await document.getMarkInfo(),
  };
  await document.loadingTask.destroy();
  return view;
}

const verdictOf = (bytes: Buffer, evidence: Evidence): FileVerdict => verifyFile(bytes, evidence);

it('passes as it left', () => {
  expect([verdictOf(victim.bytes, locked).finding, verdictOf(victim.bytes, whole).finding]).toEqual([null, null]);
});

describe.each(Object.keys(SHOWN))('a document whose forger knows %s', (kind) => {
  it.each(Object.keys(SHOWN[kind] ?? {}))(
    'is shown or acts differently, and is refused by the name of its lock, when it %s',
    async (name) => {
      const forged = SHOWN[kind]?.[name]?.(victim) ?? Buffer.alloc(0);
      expect(await readersView(forged)).not.toBe(honestView);
      // The locked bytes are unchanged. The bytes after them reveal the
      // forgery.
      expect(verdictOf(forged, locked)).toMatchObject({ of: LOCK, finding: { code: 'revision', lock: LOCK } });
      expect(verdictOf(forged, whole)).toMatchObject({ of: LOCK, finding: { lock: LOCK } });
    },
    LIMIT_MS,
  );
});

describe('a document whose bytes are other ones', () => {
  it.each(Object.keys(BYTES))('is refused when it %s', (name) => {
    const forged = BYTES[name]?.(victim) ?? Buffer.alloc(0);
    expect(forged.equals(victim.bytes)).toBe(false);
    for (const evidence of [locked, whole]) expect(verdictOf(forged, evidence).finding).not.toBeNull();
  });

  it.each([
    'begins with an empty line',
    'begins with another file',
    'says another version',
    'has another revision that says nothing',
  ])('is refused by the name of its lock when it %s', (name) => {
    for (const evidence of [locked, whole])
      expect(verdictOf(BYTES[name]?.(victim) ?? Buffer.alloc(0), evidence).finding?.lock).toBe(LOCK);
  });

  it.each([
    ['packed anew', ['--object-streams=generate']],
    ['made ready for the web', ['--linearize']],
    ['encrypted', ['--encrypt', '', 'x', '256', '--']],
    ['without its second page', ['--pages', '.', '1', '--']],
  ])('is refused when it was %s by a program that keeps what is shown', (_, options) => {
    const [from, to] = [join(folder, 'from.pdf'), join(folder, 'to.pdf')];
    writeFileSync(from, victim.bytes);
    said('qpdf', from, ...options, to);
    const forged = readFileSync(to);
    expect(verdictOf(forged, locked).finding?.lock).toContain(LOCK);
    expect(verdictOf(forged, whole).finding?.lock).toBe(LOCK);
  });
});

describe('a lossless picture', () => {
  const PICTURE_LOCK = 'picture announce landscape (de)';
  const end = Buffer.from('0000000049454e44ae426082', 'hex');
  const gamma = Buffer.from('00000001', 'hex');

  it('passes as it left, by its locked pixels alone', () => {
    expect(verdictOf(picture, locked)).toMatchObject({ finding: null, of: PICTURE_LOCK });
  });

  it.each<[string, (png: Buffer) => Buffer]>([
    ['moves on to another picture', (png) => animated(png, 1200, 627)],
    ['is shown in other colours by its gamma', (png) => withChunks(png, chunk('gAMA', gamma))],
    ['is shown in other colours by a profile', (png) => withChunks(png, packedText('iCCP', 1))],
    ['is shown in other colours by its primaries', (png) => withChunks(png, chunk('cHRM', Buffer.alloc(32, 1)))],
    ['is turned by its Exif data', (png) => withChunks(png, chunk('eXIf', Buffer.from('II*\0', 'latin1')))],
    [
      'has a colour that is transparent',
      (png) => withChunks(png, chunk('tRNS', Buffer.from([0, 255, 0, 255, 0, 255]))),
    ],
    ['carries a text that unpacks to 500 MB', (png) => withChunks(png, packedText('zTXt', 500))],
    ['carries an unknown chunk', (png) => withChunks(png, chunk('vpAg', Buffer.alloc(9)))],
    ['is another file, too', (png) => Buffer.concat([png, Buffer.from('%PDF-1.7\n')])],
    ['ends twice', (png) => Buffer.concat([png, end])],
    ['does not end', (png) => png.subarray(0, png.length - end.length)],
    ['is cut off', (png) => png.subarray(0, png.length / 2)],
  ])('is refused by the name of its lock when it %s', (_, forge) => {
    for (const evidence of [locked, whole])
      expect(verdictOf(forge(picture), evidence).finding).toMatchObject({
        code: 'not-png',
        lock: expect.stringContaining('picture announce landscape'),
      });
  });

  it('is refused before anything is unpacked when it promises nine hundred million pixels', () => {
    const before = process.memoryUsage().rss;
    expect(verdictOf(flood(30_000, 30_000, 30_000), locked).finding).toMatchObject({
      code: 'size',
      found: '30000×30000',
    });
    // Its pixels are 3.6 GB. Other memory changes of the process are less than
    // a third of that.
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000);
  });

  it('is refused when its data unpacks to more than its pixels', () => {
    expect(verdictOf(flood(1200, 627, 300_000), locked).finding).not.toBeNull();
  });
});
