import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { composeSocial, documentProof, prepareSocial, socialProof, stampDocument } from '#artwork';
import type { SealedDocument, SealedPicture } from '#contracts';
import { lockedPixelsHash, verifyPdf, verifyPixels } from '#seal';
import { prepared, readPdf, values } from '../../libs/artwork/src/document/document.fixture.js';
import { runs } from '../support/hostile.js';

const LIMIT_MS = runs(60_000, 1_800_000);

/** A document's seal, as a manifest has it. */
function sealOf(blob: Buffer): SealedDocument {
  const { sha256, byteLength, trailer, xrefOffset, reserved } = documentProof(blob);
  const objects = JSON.parse(JSON.stringify(reserved)) as SealedDocument['reserved'];
  return {
    key: 'brochure',
    locale: 'en',
    prefixBytes: byteLength,
    prefixHash: sha256,
    trailer,
    xrefOffset,
    reserved: objects,
  };
}

const words = fc.array(
  fc.constantFrom(
    'Free',
    'assessment',
    'ready',
    'März',
    'Київ',
    'Łódź',
    'مجانا',
    'עד',
    '1,500',
    '(30 %)',
    '\\',
    'AVATAR',
    'fi',
  ),
  {
    minLength: 1,
    maxLength: 6,
  },
);
const address = fc.webPath().map((path) => `https://go.northwind.example/p/x${path.replaceAll("'", '')}`);

describe('a sealed document', () => {
  let blob: Buffer;
  let sealed: SealedDocument;
  let pdf: Buffer;
  const counted: Record<string, number> = {};
  const count = (name: string): void => void (counted[name] = (counted[name] ?? 0) + 1);

  const stamped = async (...args: Parameters<typeof values>): Promise<Buffer | null> => {
    const result = await stampDocument(blob, await values(...args));
    return result.ok ? result.pdf : null;
  };

  beforeAll(async () => {
    blob = await prepared();
    sealed = sealOf(blob);
    pdf = (await stamped())!;
  });
  afterAll(() => void process.stdout.write(`document seal: ${JSON.stringify(counted)}\n`));

  it(
    'passes as every partner gets it',
    async () => {
      const property = fc.asyncProperty(words, words, address, async (offer, contact, page) => {
        const copy = await stamped({ offer: offer.join(' '), contact: [contact.join(' '), 'Leeds'], links: { page } });
        if (copy === null) return;
        count('honest copies');
        expect([offer, contact, page, verifyPdf(sealed, copy)]).toEqual([offer, contact, page, null]);
      });
      // A copy takes a tenth of a second, because its logo is scaled.
      await fc.assert(property, { numRuns: runs(60, 10_000) });
    },
    LIMIT_MS,
  );

  it(
    'does not pass when any byte of the locked pages is another',
    () => {
      const property = fc.property(
        fc.noBias(fc.nat({ max: sealed.prefixBytes - 1 })),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const changed = Buffer.from(pdf);
          changed[at] = (changed[at]! + by) % 256;
          count('changed locked bytes');
          expect(verifyPdf(sealed, changed)?.code).toBe('locked-bytes');
        },
      );
      fc.assert(property, { numRuns: runs(700, 12_000) });
    },
    LIMIT_MS,
  );

  it(
    'does not pass when its revision is changed, but for other values of the partner’s in their places',
    async () => {
      const length = pdf.length - sealed.prefixBytes;
      const edit = fc.oneof(
        fc
          .integer({ min: 1, max: 255 })
          .map(
            (by) => (at: number) =>
              Buffer.concat([pdf.subarray(0, at), Buffer.from([(pdf[at]! + by) % 256]), pdf.subarray(at + 1)]),
          ),
        fc
          .integer({ min: 1, max: 40 })
          .map((gone) => (at: number) => Buffer.concat([pdf.subarray(0, at), pdf.subarray(at + gone)])),
        fc
          .constantFrom(' ', '\n', '0', '/AA << /S /JavaScript >> ', '>>', '99 0 obj\n<< >>\nendobj\n', 'q ', '%')
          .map((plant) => (at: number) => Buffer.concat([pdf.subarray(0, at), Buffer.from(plant), pdf.subarray(at)])),
      );
      const accepted: Buffer[] = [];
      const property = fc.property(fc.noBias(fc.nat({ max: length - 1 })), edit, (at, change) => {
        const changed = change(sealed.prefixBytes + at);
        if (changed.equals(pdf)) return;
        count('changed revisions');
        if (verifyPdf(sealed, changed) === null) accepted.push(changed);
      });
      fc.assert(property, { numRuns: runs(700, 12_000) });
      counted['of which are another partner value'] = accepted.length;
      const before = await readPdf(pdf);
      for (const changed of accepted.slice(0, 200)) {
        const after = await readPdf(changed);
        expect(after.text).toEqual(before.text);
        expect(after.links.every((link) => link.startsWith('https://'))).toBe(true);
      }
    },
    LIMIT_MS,
  );

  /** The revision with one changed object or drawing, with correct offsets. */
  const rewritten = (change: { entries?: (text: string) => string; operators?: (text: string) => string }): Buffer => {
    const revision = pdf.subarray(sealed.prefixBytes).toString('latin1');
    const body = revision.slice(0, revision.indexOf('xref\n'));
    const objects = [
      ...body.matchAll(/(\d+) 0 obj\n<< (.*?)(?: \/Length (\d+))? >>\n(?:stream\n([\s\S]*?)\nendstream\n)?endobj\n/g),
    ];
    let out = '';
    const offsets: [number, number][] = [];
    for (const [, number, entries = '', stream, data] of objects) {
      offsets.push([Number(number), sealed.prefixBytes + out.length]);
      const isDrawing = entries === '/Filter /FlateDecode';
      const text = change.entries?.(entries) ?? entries;
      if (stream === undefined) out += `${number} 0 obj\n<< ${text} >>\nendobj\n`;
      else {
        const raw = Buffer.from(data!, 'latin1');
        const packed =
          isDrawing && change.operators
            ? deflateSync(Buffer.from(change.operators(inflateSync(raw).toString('latin1')), 'latin1'))
            : raw;
        out += `${number} 0 obj\n<< ${text} /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream\nendobj\n`;
      }
    }
    const xref = sealed.prefixBytes + out.length;
    out += 'xref\n';
    for (let from = 0; from < offsets.length;) {
      let to = from;
      while (offsets[to]?.[0] === offsets[from]![0] + to - from) to++;
      out += `${offsets[from]![0]} ${to - from}\n${offsets
        .slice(from, to)
        .map(([, offset]) => `${String(offset).padStart(10, '0')} 00000 n \n`)
        .join('')}`;
      from = to;
    }
    out += `trailer\n<< ${sealed.trailer} /Prev ${sealed.xrefOffset} >>\nstartxref\n${xref}\n%%EOF\n`;
    return Buffer.concat([pdf.subarray(0, sealed.prefixBytes), Buffer.from(out, 'latin1')]);
  };

  it('passes when it is written anew as it was', () => {
    expect(verifyPdf(sealed, rewritten({}))).toBeNull();
  });

  it.each<[string, Parameters<typeof rewritten>[0]]>([
    [
      'ends the clip and draws over the page',
      { operators: (text) => text.replace('\nQ\n', '\nQ\n0 0 595 842 re f\n') },
    ],
    ['draws before its clip', { operators: (text) => `1 1 1 rg 0 0 595 842 re f\n${text}` }],
    ['draws after its last place', { operators: (text) => `${text}1 1 1 rg 0 0 595 842 re f\n` }],
    [
      'makes a clip larger',
      { operators: (text) => text.replace(/^q\n(\S+) (\S+) (\S+) (\S+) re/, 'q\n$1 $2 595 842 re') },
    ],
    ['leaves a place out', { operators: (text) => text.replace(/^q\n[\s\S]*?\nQ\n/, '') }],
    ['undoes the state within a place', { operators: (text) => text.replace(' cm\n', ' cm\nQ q\n') }],
    ['shows an object of the vendor’s', { operators: (text) => text.replace(' cm\n', ' cm\n/Im0 Do\n') }],
    ['uses a graphics state', { operators: (text) => text.replace(' cm\n', ' cm\n/GS0 gs\n') }],
    ['hides text by its mode', { operators: (text) => text.replace('BT\n', 'BT\n3 Tr\n') }],
    ['holds an inline picture', { operators: (text) => text.replace(' cm\n', ' cm\nBI /W 1 /H 1 ID x EI\n') }],
    [
      'marks content as something else',
      { operators: (text) => text.replace(' cm\n', ' cm\n/Span << /ActualText (x) >> BDC\n') },
    ],
    ['comments', { operators: (text) => text.replace(' cm\n', ' cm\n% x\n') }],
    [
      'runs a script',
      { entries: (text) => text.replace(/\/S \/URI \/URI \(.*\)/, '/S /JavaScript /JS (app.alert\\(1\\))') },
    ],
    ['opens a file', { entries: (text) => text.replace(/\/S \/URI \/URI \(.*\)/, '/S /Launch /F (x)') }],
    ['leads to plain http', { entries: (text) => text.replace('(https:', '(http:') }],
    ['leads to a data address', { entries: (text) => text.replace(/\(https:.*\)/, '(data:text/html,x)') }],
    ['covers the page with a link', { entries: (text) => text.replace(/\/Rect \[.*?\]/, '/Rect [0 0 595 842]') }],
    ['gives a link an appearance', { entries: (text) => text.replace('/F 4', '/F 4 /AP << /N 9 0 R >>') }],
    ['makes a form of a picture', { entries: (text) => text.replace('/Subtype /Image', '/Subtype /Form') }],
    ['takes another mask', { entries: (text) => text.replace(/\/SMask (\d+)/, '/SMask 1') }],
  ])('does not pass when its revision %s', (_, change) => {
    const changed = rewritten(change);
    expect(changed.equals(rewritten({}))).toBe(false);
    expect(verifyPdf(sealed, changed)).toMatchObject({ code: 'revision' });
  });

  it.each([
    ['a second revision', (copy: Buffer) => Buffer.concat([copy, Buffer.from('1 0 obj\n<< >>\nendobj\n')])],
    ['its revision again', (copy: Buffer) => Buffer.concat([copy, copy.subarray(sealed.prefixBytes)])],
    ['no revision', (copy: Buffer) => copy.subarray(0, sealed.prefixBytes)],
    ['a space at its end', (copy: Buffer) => Buffer.concat([copy, Buffer.from(' ')])],
    ['a byte before it', (copy: Buffer) => Buffer.concat([Buffer.from('\n'), copy])],
  ])('does not pass with %s', (_, change) => {
    expect(verifyPdf(sealed, change(pdf))).not.toBeNull();
  });
});

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#f1f5f9"/>
<text x="20" y="280" font-size="16">Measured in our laboratory</text>
<rect id="tc:logo" x="20" y="20" width="120" height="40"/><rect id="tc:text:headline" x="20" y="100" width="360" height="90" data-max="60" data-size="36"/></svg>`;

describe('a sealed picture', () => {
  let sealed: SealedPicture;
  let composed: Extract<Awaited<ReturnType<typeof composeSocial>>, { ok: true }>;

  beforeAll(async () => {
    const source = {
      file: 'a.svg',
      svg: SVG,
      width: 400,
      height: 300,
      texts: {},
      catalogueFile: 'en.yaml',
      images: {},
    };
    const blob = await prepareSocial(source);
    if (!blob.ok) throw new Error(JSON.stringify(blob.problems));
    const { pixels, boxes } = await socialProof(blob.prepared);
    const lockedHash = lockedPixelsHash(pixels, boxes);
    sealed = {
      key: 'announce',
      locale: 'en',
      format: 'square',
      width: 400,
      height: 300,
      boxes: [...boxes],
      lockedHash,
    };
    const { logos } = await values();
    const result = await composeSocial(blob.prepared, {
      logos,
      texts: { headline: 'Ready in a day' },
    });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    composed = result;
  });

  it('passes before it is encoded, whatever stands in its places', () => {
    expect(verifyPixels(sealed, composed.pixels)).toBeNull();
  });

  it(
    'does not pass when any pixel outside of its places is another',
    () => {
      const inBox = (x: number, y: number): boolean =>
        sealed.boxes.some((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);
      let locked = 0;
      const at = fc.noBias(
        fc.record({ x: fc.nat({ max: 399 }), y: fc.nat({ max: 299 }), channel: fc.nat({ max: 2 }) }),
      );
      const property = fc.property(at, fc.integer({ min: 1, max: 255 }), ({ x, y, channel }, by) => {
        const data = Buffer.from(composed.pixels.data);
        const index = (y * 400 + x) * 3 + channel;
        data[index] = (data[index]! + by) % 256;
        if (!inBox(x, y)) locked += 1;
        expect([x, y, verifyPixels(sealed, { ...composed.pixels, data })?.code]).toEqual([
          x,
          y,
          inBox(x, y) ? undefined : 'locked-pixels',
        ]);
      });
      fc.assert(property, { numRuns: runs(1_000, 16_000) });
      process.stdout.write(`picture seal: ${locked} changed locked pixels\n`);
    },
    LIMIT_MS,
  );

  it('does not pass in another size', async () => {
    expect(verifyPixels(sealed, { ...composed.pixels, width: 300, height: 400 })?.code).toBe('size');
  });

  it('is not decoded alike after JPEG: that is why its receipt names its bytes', async () => {
    const { data } = await sharp(composed.jpeg).raw().toBuffer({ resolveWithObject: true });
    expect(verifyPixels(sealed, { width: 400, height: 300, data })?.code).toBe('locked-pixels');
  });
});
