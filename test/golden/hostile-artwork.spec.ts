import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { composeSocial, documentProof, type DocumentValues, prepareSocial, socialProof, stampDocument } from '#artwork';
import type { SealedDocument } from '#contracts';
import { lockedPixelsHash, verifyPdf, verifyPixels } from '#seal';
import { fontFile } from '../../libs/artwork/src/fonts.js';
import { runs } from '../support/hostile.js';
import { logoValues, preparedDocument } from './artwork.fixture.js';
import { ALL_HOSTILE, HOSTILE, hostileValue } from './hostile-values.js';

/**
 * Hostile values in every hole of documents and pictures: shown completely as
 * text, or refused by name.
 */
const LIMIT_MS = runs(180_000, 2_400_000);
const run = promisify(execFile);
const counted: Record<string, number> = {};
const count = (name: string): void => void (counted[name] = (counted[name] ?? 0) + 1);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-hostile-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  process.stdout.write(`hostile values in artwork: ${JSON.stringify(counted)}\n`);
});

/**
 * Text that the bundled fonts can draw, so that most of it is accepted: syntax
 * between words of several scripts.
 */
const drawable = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['pdf', 'markup', 'pango', 'templates', 'addresses', 'css'].flatMap((kind) => HOSTILE[kind] ?? []),
      ),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('(', ')', '\\', '<', '>', '[', ']', '/', '%', '#', '&', '{{', '}}', '\n', ' '),
      fc.constantFrom('Λάρισα', 'Київ', 'Łódź', 'é', 'مجانا', 'עד', '1,500'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('').slice(0, 150));
const anything = fc.oneof({ weight: 3, arbitrary: drawable }, { weight: 1, arbitrary: hostileValue });

/** Every line of a drawing that docs/document-revision.md allows. */
const OPERATORS =
  /^(?:q|Q|BT|ET|f|(?:-?[\d.]+ ){4}re(?: W n| f)?|(?:-?[\d.]+ ){6}(?:cm|Tm)|(?:[\d.]+ ){3}rg|\/TcF[0-2] [\d.]+ Tf|-?[\d.]+ Ts|\[(?:<[0-9a-f]+>|-?\d+)*\] TJ|\/Tc(?:Light|Dark) Do|)$/;
const LINK = 'https://go.northwind.example/p/x';

type DocumentChanges = Partial<Pick<DocumentValues, 'texts' | 'contact' | 'links'>>;
/**
 * Every hole of a document with partner text or links, and the name that a
 * refusal must give.
 */
const DOCUMENT_HOLES: Readonly<
  Record<string, { readonly path: string; readonly changes: (value: string) => DocumentChanges }>
> = {
  'a text': { path: 'slot.offer', changes: (value) => ({ texts: { offer: value } }) },
  'the contact block': { path: 'slot.contact', changes: (value) => ({ contact: [value] }) },
  'a line of the contact block': {
    path: 'slot.contact',
    changes: (value) => ({ contact: ['Cascade Ltd', value, 'Leeds'] }),
  },
  'a link and its code': { path: 'links.page', changes: (value) => ({ links: { page: value } }) },
};

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<', '»': '«', '›': '‹' };

/**
 * Visible letters and signs, sorted. Readers order right-to-left runs
 * differently, and mirror brackets.
 */
const seen = (text: string): string => {
  const letters = text.normalize('NFKD').replace(/[\s\p{Cf}\p{Cc}]/gu, '');
  return [...letters.replace(/[)\]}>»›]/g, (sign) => OPENING[sign] ?? sign)].sort().join('');
};

describe('a hostile value in a document', () => {
  let blob: Buffer;
  let sealed: SealedDocument;
  let empty: string;

  beforeAll(async () => {
    blob = await preparedDocument();
    const { sha256, byteLength, trailer, xrefOffset, reserved } = documentProof(blob);
    sealed = {
      key: 'brochure',
      locale: 'en',
      prefixBytes: byteLength,
      prefixHash: sha256,
      trailer,
      xrefOffset,
      reserved: JSON.parse(JSON.stringify(reserved)) as SealedDocument['reserved'],
    };
    const stamped = await stamp({});
    if (!stamped.ok) throw new Error('Nothing is refused.');
    empty = await textOf(stamped.pdf);
  });

  const stamp = async (changes: DocumentChanges) =>
    stampDocument(blob, { ...(await logoValues()), texts: {}, contact: [], links: { page: LINK }, ...changes });

  async function textOf(pdf: Buffer): Promise<string> {
    const file = join(folder, 'x.pdf');
    writeFileSync(file, pdf);
    return (await run('pdftotext', ['-raw', file, '-'])).stdout;
  }

  /** Problems of a finished copy; empty if its value is only text. */
  async function harm(pdf: Buffer, changes: DocumentChanges): Promise<string[]> {
    const found: string[] = [];
    const finding = verifyPdf(sealed, pdf);
    if (finding !== null) found.push(`seal: ${finding.message}`);
    const revision = pdf.subarray(sealed.prefixBytes);
    const text = revision.toString('latin1');
    for (const { kind, object } of sealed.reserved) {
      const at = text.search(new RegExp(`(?:^|\\n)${object} 0 obj\\n`));
      const body = text.slice(at, text.indexOf('endobj\n', at));
      if (kind === 'link' && !/\/URI \(https:(?:[^()\\]|\\[()\\])*\) >> >>\n$/.test(body)) found.push(`link ${body}`);
      if (kind !== 'drawing') continue;
      const start = revision.indexOf('stream\n', at) + 'stream\n'.length;
      const lines = inflateSync(revision.subarray(start)).toString('latin1').split('\n');
      found.push(...lines.filter((line) => !OPERATORS.test(line)).map((line) => `operator ${line}`));
    }
    const wanted = [...(changes.contact ?? []), ...Object.values(changes.texts ?? {})].join('');
    const drawn = await textOf(pdf);
    if (seen(drawn) !== seen(empty + wanted)) found.push(`reads ${drawn}`);
    return found;
  }

  /**
   * Tries one value.
   * @returns the problems.
   */
  async function attempt(hole: string, value: string): Promise<string[]> {
    const { path, changes } = DOCUMENT_HOLES[hole]!;
    const changed = changes(value);
    const stamped = await stamp(changed);
    count(`document: ${stamped.ok ? 'shown' : 'refused'}`);
    return stamped.ok
      ? harm(stamped.pdf, changed)
      : stamped.problems.filter((problem) => problem.path !== path).map((problem) => `names ${problem.path}`);
  }

  it.each(Object.keys(DOCUMENT_HOLES))(
    'is read as text, or refused by its name, as %s',
    async (hole) => {
      for (const [, value] of ALL_HOSTILE)
        expect([value.slice(0, 60), await attempt(hole, value)]).toEqual([value.slice(0, 60), []]);
    },
    LIMIT_MS,
  );

  it(
    'is read as text, or refused by its name, whatever is generated',
    async () => {
      const property = fc.asyncProperty(
        anything,
        fc.constantFrom(...Object.keys(DOCUMENT_HOLES)),
        async (value, hole) => {
          expect([hole, value, await attempt(hole, value)]).toEqual([hole, value, []]);
        },
      );
      await fc.assert(property, { numRuns: runs(80, 6_000) });
    },
    LIMIT_MS,
  );

  it('would be seen by the judge', async () => {
    const honest = await stamp({ texts: { offer: 'Hello' } });
    if (!honest.ok) throw new Error('refused');
    expect(await harm(honest.pdf, { texts: { offer: 'Hello' } })).toEqual([]);
    expect(await harm(honest.pdf, { texts: { offer: 'Hell' } })).toHaveLength(1);
    const text = honest.pdf.toString('latin1');
    const scripted = text.replace(/\/S \/URI \/URI \(.*?\)/, '/S /JavaScript /JS (x)');
    expect((await harm(Buffer.from(scripted, 'latin1'), { texts: { offer: 'Hello' } })).length).toBeGreaterThanOrEqual(
      2,
    );
  });
});

const TEXT = { x: 10, y: 80, width: 380, height: 110, size: 28, minSize: 11 };
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="#ffffff"/><rect id="tc:logo" x="10" y="10" width="80" height="40"/><rect id="tc:text:headline" x="${TEXT.x}" y="${TEXT.y}" width="${TEXT.width}" height="${TEXT.height}" data-max="150" data-size="${TEXT.size}" data-color="#111827"/></svg>`;

describe('a hostile value on a picture', () => {
  let blob: Buffer;
  let sealed: Parameters<typeof verifyPixels>[0];

  beforeAll(async () => {
    const source = {
      file: 'a.svg',
      svg: PICTURE,
      width: 400,
      height: 200,
      texts: {},
      catalogueFile: 'en.yaml',
      images: {},
    };
    const prepared = await prepareSocial(source);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    blob = prepared.prepared;
    const { pixels, boxes } = await socialProof(blob);
    const lockedHash = lockedPixelsHash(pixels, boxes);
    sealed = { key: 'a', locale: 'en', format: 'square', width: 400, height: 200, boxes: [...boxes], lockedHash };
  });

  /** The value drawn as text: Pango gets numeric character references only. */
  async function letters(value: string): Promise<{ data: Buffer; width: number; height: number } | null> {
    const numbers = [...value].map((letter) => `&#${letter.codePointAt(0) ?? 0};`).join('');
    for (let { size } = TEXT; size >= TEXT.minSize; size = Math.floor(size * 0.9)) {
      const font = {
        font: `Noto Sans ${size}`,
        fontfile: fontFile('regular'),
        dpi: 72,
        rgba: true,
        wrap: 'word',
      } as const;
      const text = { ...font, text: `<span foreground="#111827" weight="normal">${numbers}</span>`, width: TEXT.width };
      const { data, info } = await sharp({ text }).raw().toBuffer({ resolveWithObject: true });
      if (info.width <= TEXT.width && info.height <= TEXT.height)
        return { data, width: info.width, height: info.height };
    }
    return null;
  }

  /**
   * Darkness of each row and of the whole box, to compare a text at its left or
   * right.
   */
  const darkness = (width: number, height: number, at: (x: number, y: number) => number): number[] =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, x) => at(x, y)).reduce((a, b) => a + b, 0),
    );

  async function attempt(value: string): Promise<string[]> {
    const composed = await composeSocial(blob, { ...(await logoValues()), texts: { headline: value } });
    count(`picture: ${composed.ok ? 'shown' : 'refused'}`);
    if (!composed.ok)
      return composed.problems.filter(({ path }) => path !== 'slot.headline').map(({ path }) => `names ${path}`);
    const found: string[] = [];
    const { pixels } = composed;
    if (verifyPixels(sealed, pixels) !== null) found.push('locked pixels');
    const wanted = value.trim() === '' ? null : await letters(value.normalize('NFC').trim());
    const drawn = darkness(
      TEXT.width,
      TEXT.height,
      (x, y) => 255 - pixels.data[((TEXT.y + y) * 400 + TEXT.x + x) * 3]!,
    );
    const expected = darkness(TEXT.width, TEXT.height, (x, y) => {
      if (wanted === null || x >= wanted.width || y >= wanted.height) return 0;
      const at = (y * wanted.width + x) * 4;
      return 255 - Math.round((wanted.data[at]! * wanted.data[at + 3]! + 255 * (255 - wanted.data[at + 3]!)) / 255);
    });
    if (drawn.join() !== expected.join()) found.push('other letters');
    return found;
  }

  it(
    'is drawn as text, or refused by its name',
    async () => {
      for (const [, value] of ALL_HOSTILE)
        expect([value.slice(0, 60), await attempt(value)]).toEqual([value.slice(0, 60), []]);
    },
    LIMIT_MS,
  );

  it(
    'is drawn as text, or refused by its name, whatever is generated',
    async () => {
      const property = fc.asyncProperty(anything, async (value) => {
        expect([value, await attempt(value)]).toEqual([value, []]);
      });
      await fc.assert(property, { numRuns: runs(80, 6_000) });
    },
    LIMIT_MS,
  );

  it('shows what letters() shows, and nothing that reads markup would', async () => {
    const [one, other] = [await letters('<b>x</b>'), await letters('x')];
    expect(one?.width).toBeGreaterThan(3 * (other?.width ?? 0));
  });
});
