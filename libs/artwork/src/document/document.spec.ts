import { deflateSync } from 'node:zlib';
import { PDFName, PDFRawStream } from 'pdf-lib';
import sharp from 'sharp';
import { documentProof, prepareDocument, stampDocument, type DocumentValues } from '../index.js';
import {
  aBase,
  type BaseChanges,
  prepared,
  readPdf,
  refusals,
  RULES,
  values,
  withCatalogEntry,
} from './document.fixture.js';
import type { DocumentSlotRule } from './document-slot.js';
import { getDocument } from './pdf-reader.fixture.js';
import { balanceOf } from './graphics-state.js';
import { linkBox } from './qr.js';
import { shrink } from './shrink.js';

const stamp = async (blob: Buffer, given: DocumentValues): Promise<Buffer> => {
  const stamped = await stampDocument(blob, given);
  if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
  return stamped.pdf;
};
const problemsOf = async (given: DocumentValues): Promise<string[]> => {
  const stamped = await stampDocument(await prepared(), given);
  return stamped.ok ? [] : stamped.problems.map(({ code, path }) => `${code} ${path}`);
};

describe('a partner’s copy of a document', () => {
  it('is the master’s bytes and one revision of at most 20 KB', async () => {
    const blob = await prepared();
    const proof = documentProof(blob);
    const pdf = await stamp(blob, await values());
    expect(blob.includes(pdf.subarray(0, proof.byteLength))).toBe(true);
    const appended = pdf.subarray(proof.byteLength).toString('latin1');
    expect(appended.length).toBeLessThanOrEqual(20_480);
    expect(appended.match(/%%EOF/g)).toHaveLength(1);
    const objects = [...appended.matchAll(/^(\d+) 0 obj$/gm)].map(([, object]) => Number(object));
    expect(objects.sort((a, b) => a - b)).toEqual(proof.reserved.map(({ object }) => object).sort((a, b) => a - b));
    expect(appended).toContain(`trailer\n<< ${proof.trailer} /Prev ${proof.xrefOffset} >>`);
  });

  it('shows contact, text and links to an independent reader, and the vendor’s words as they were', async () => {
    const { text, links } = await readPdf(await stamp(await prepared(), await values()));
    expect(text).toHaveLength(2);
    const all = text.join('\n').replaceAll('end of\nMarch', 'end of March');
    for (const part of [
      'Brightwater IT Ltd',
      'Λάρισα · Київ · Łódź',
      'Free assessment until the end of March',
      'Figures were measured',
    ])
      expect(all).toContain(part);
    expect(links).toEqual(Array(2).fill('https://go.northwind.example/p/brightwater'));
  });

  it('is the same for the same values', async () => {
    const [one, two] = [await prepared(), await prepared()];
    expect(one.equals(two)).toBe(true);
    expect((await stamp(one, await values())).equals(await stamp(two, await values()))).toBe(true);
  });

  it('has no form, no marks and no fields left', async () => {
    const pdf = (await stamp(await prepared({ links: ['qr', 'cta'] }), await values())).toString('latin1');
    expect(pdf).not.toMatch(/AcroForm|\/Widget|slot\.invalid|\/FT \/Tx/);
  });

  it.each([
    ['Arabic', 'نقدم 1,500 ريال (مجانا)', ['نقدم', '1,500', 'ريال', 'مجانا']],
    ['Hebrew', 'עד 30 בנובמבר 2026', ['עד', '30', 'בנובמבר', '2026']],
    ['Persian', 'می‌خواهیم ۲۰۲۶ پچگژ', ['خواهیم', '۲۰۲۶', 'پچگژ']],
    ['Vietnamese', 'Giải pháp tường lửa', ['Giải pháp tường lửa']],
    ['Ukrainian', 'Безкоштовна оцінка ґрунту', ['Безкоштовна оцінка ґрунту']],
  ])('keeps %s letters and numbers readable', async (_, offer, words) => {
    const { text } = await readPdf(await stamp(await prepared(), await values({ offer })));
    for (const word of words) expect(text.join('\n')).toContain(word);
  });

  it('writes Arabic from the right, its numbers and telephone numbers from the left', async () => {
    const { text } = await readPdf(await stamp(await prepared(), await values({ offer: 'هاتف +966 11 496 0000' })));
    expect(text.join('\n')).toContain('+966 11 496 0000');
  });

  it.each([90, 180, 270])('stands upright on a page that is turned by %i degrees', async (turn) => {
    const { text } = await readPdf(await stamp(await prepared({ turn }), await values()));
    expect(text.join('\n')).toContain('Free assessment');
  });

  it('keeps every colour of a flat logo exactly, and a photograph within 20 KB', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
    const photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#000', noise } })
      .png()
      .toBuffer();
    const blob = await prepared();
    const pdf = await stamp(blob, await values({ logos: { light: photo, dark: photo } }));
    expect(pdf.length - documentProof(blob).byteLength).toBeLessThanOrEqual(20_480);
    expect((await stamp(blob, await values())).toString('latin1')).toMatch(
      /\/Indexed \/DeviceRGB \d+ <(?:[0-9a-f]{6})*0b5cad/,
    );
  });
});

describe('a partner’s value for a document', () => {
  it.each([
    ['does not fit', 'word '.repeat(400), 'text-does-not-fit slot.offer'],
    ['is one word that is too long', 'x'.repeat(200), 'text-does-not-fit slot.offer'],
    ['cannot be shaped', 'สวัสดี', 'text-script slot.offer'],
    ['is in letters without a font', '你好', 'text-script slot.offer'],
    ['has a picture letter', 'Hi 🙂', 'text-character slot.offer'],
    ['turns the direction', 'abc\u202Edef', 'text-invisible slot.offer'],
    ['hides a zero-width space', 'abc\u200Bdef', 'text-invisible slot.offer'],
    ['has half a character', 'abc\uD800', 'text-invisible slot.offer'],
    ['has a control character', 'abc\u0000', 'text-invisible slot.offer'],
  ])('is refused by the slot’s name when it %s', async (_, offer, expected) => {
    expect(await problemsOf(await values({ offer }))).toEqual([expected]);
  });

  it('shrinks to the smallest size that was allowed before it is refused', async () => {
    const pdf = await stamp(await prepared(), await values({ offer: 'word '.repeat(70).trim() }));
    expect((await readPdf(pdf)).text.join('\n')).toContain('word word');
  });

  it.each(['http://evil.example/', 'javascript:alert(1)', 'https://user:secret@go.northwind.example/', ''])(
    'is refused as the link “%s”',
    async (page) => {
      expect(await problemsOf(await values({ links: { page } }))).toEqual(['link-unusable links.page']);
    },
  );

  it('is text, whatever operators of PDF it looks like', async () => {
    const offer = ') Tj ET Q /TcLight Do BT (x';
    const { text } = await readPdf(await stamp(await prepared(), await values({ offer })));
    expect(text.join('\n')).toContain(offer);
    const page = 'https://go.northwind.example/p/a)/JS(alert(1)';
    const pdf = await stamp(await prepared(), await values({ links: { page } }));
    expect((await readPdf(pdf)).links).toEqual(Array(2).fill(page));
    expect(pdf.toString('latin1')).toContain('/URI (https://go.northwind.example/p/a\\)/JS\\(alert\\(1\\)) >>');
  });

  it('is refused with all others at once', async () => {
    expect((await problemsOf(await values({ offer: 'สวัสดี', links: {}, contact: ['🙂'] }))).sort()).toEqual([
      'link-unusable links.page',
      'text-character slot.contact',
      'text-script slot.offer',
    ]);
  });
});

describe('a vendor’s document', () => {
  it('marks slots by fields, by links and by boxes of campaign.yaml', async () => {
    const slots = {
      ...RULES,
      extra: {
        kind: 'text',
        slot: 'offer',
        size: 11,
        minSize: 8,
        box: { page: 2, x: 300, y: 700, width: 200, height: 60 },
      },
    } as const;
    const { text } = await readPdf(await stamp(await prepared({ links: ['qr', 'cta'] }, slots), await values()));
    expect(text[1]).toContain('Free assessment');
  });

  it('stands where campaign.yaml draws it, and no more where the document marks it', async () => {
    const box = { page: 2, x: 300, y: 700, width: 200, height: 60 };
    const slots = { ...RULES, offer: { ...RULES.offer, box } };
    const marked = await readPdf(await stamp(await prepared(), await values()));
    expect(marked.text[0]).toContain('Free assessment');
    const drawn = await readPdf(await stamp(await prepared({}, slots), await values()));
    expect(drawn.text[0]).not.toContain('Free assessment');
    expect(drawn.text[1]).toContain('Free assessment');
  });

  it('keeps its own links and loses the form’s other fields', async () => {
    const pdf = await stamp(await prepared({ links: ['https://www.northwind.example/edge'] }), await values());
    expect((await readPdf(pdf)).links).toContain('https://www.northwind.example/edge');
  });

  it('names what is missing and what is too much', async () => {
    expect((await refusals({ fields: ['logo', 'extra'] }, { logo: RULES.logo, qr: RULES.qr })).sort()).toEqual([
      'pdf-slot-missing',
      'pdf-slot-undeclared',
    ]);
  });

  it.each([
    ['has a box on a page it lacks', { page: 9, x: 1, y: 1, width: 50, height: 50 }, 'pdf-slot-page'],
    ['has a box outside its page', { page: 1, x: 580, y: 1, width: 50, height: 50 }, 'pdf-slot-outside'],
    ['has a box of no size', { page: 1, x: 10, y: 1, width: 0, height: 50 }, 'pdf-slot-outside'],
  ])('is refused when it %s', async (_, box, code) => {
    expect(await refusals({ fields: [] }, { logo: { ...RULES.logo, box } })).toEqual([code]);
  });

  it.each([
    ['a script at its opening', withCatalogEntry('OpenAction', { S: 'JavaScript', JS: 'x' }), 'pdf-active'],
    [
      'a script in its name tree',
      withCatalogEntry('Names', { JavaScript: { Names: [{ S: 'JavaScript', JS: 'x' }] } }),
      'pdf-active',
    ],
    ['actions of its own', withCatalogEntry('AA', { WC: { S: 'GoTo' } }), 'pdf-active'],
    ['a command to start a program', withCatalogEntry('OpenAction', { S: 'Launch' }), 'pdf-active'],
    ['attachments', withCatalogEntry('Names', { EmbeddedFiles: {} }), 'pdf-active'],
    ['a signature', withCatalogEntry('X', { Type: 'Sig', ByteRange: [0, 1, 2, 3] }), 'pdf-signed'],
    ['a certification', withCatalogEntry('Perms', {}), 'pdf-signed'],
    ['a video', withCatalogEntry('X', { Type: 'Annot', Subtype: 'RichMedia', Rect: [0, 0, 1, 1] }), 'pdf-active'],
    ['remarks', withCatalogEntry('X', { Type: 'Annot', Subtype: 'Highlight', Rect: [0, 0, 1, 1] }), 'pdf-remarks'],
  ])('is refused when it carries %s', async (_, change, code) => {
    expect(await refusals({ change })).toContain(code);
  });

  it('is refused when it is an XFA form, links to a script, is encrypted, or is none', async () => {
    const xfa = await refusals({
      change: (document) => {
        document.getForm().acroForm.dict.set(PDFName.of('XFA'), PDFName.of('x'));
      },
    });
    expect(xfa).toContain('pdf-xfa');
    expect(await refusals({ links: ['javascript://x'] }, RULES)).toContain('pdf-link');
    const locked = await prepareDocument({
      file: 'a.pdf',
      bytes: await aBase({
        change: (document) => {
          document.encrypt({ userPassword: 'x', ownerPassword: 'y' });
        },
      }),
      slots: RULES,
    });
    expect(locked.ok ? [] : locked.problems.map(({ code }) => code)).toEqual(['pdf-encrypted']);
    const none = await prepareDocument({ file: 'a.pdf', bytes: Buffer.from('no pdf'), slots: {} });
    expect(none.ok ? [] : none.problems.map(({ code }) => code)).toEqual(['pdf-broken']);
  });

  it('refuses what becomes gigabytes when it is read, and goes on living', async () => {
    // Each pair of bytes expands to 128 bytes (ISO 32000-2, 7.4.5). 47 MB of
    // equal pairs deflate to 50 KB.
    const pairs = Buffer.alloc(47_000_000, Buffer.from([129, 32]));
    const bomb = await aBase({
      change: (document) => {
        const { context } = document;
        const filters = context.obj({ Filter: [PDFName.of('FlateDecode'), PDFName.of('RunLengthDecode')] });
        const stream = PDFRawStream.of(filters, deflateSync(pairs));
        document.getPage(0).node.set(PDFName.of('Contents'), context.register(stream));
      },
    });
    expect(bomb.length).toBeLessThan(200_000);
    // Memory of earlier tests does not count.
    const before = process.memoryUsage().rss;
    const refused = await prepareDocument({ file: 'a.pdf', bytes: bomb, slots: RULES });
    expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual(['pdf-too-heavy']);
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });

  it('says on which page, in which field or link, and what campaign.yaml has to do with it', async () => {
    const told = async (base: BaseChanges, slots: Record<string, DocumentSlotRule>): Promise<string[]> => {
      const result = await prepareDocument({ file: 'a.pdf', bytes: await aBase(base), slots });
      return result.ok
        ? []
        : result.problems.map(({ code, message, declared = [] }) => `${code} ${declared.join('.')} ${message}`);
    };
    expect(await told({ fields: ['extra'] }, { logo: RULES.logo })).toEqual([
      expect.stringMatching(
        /^pdf-slot-undeclared {2}Page 1, field tc\.extra \(x \d+, y \d+, \d+ × \d+ points\): The document has/,
      ),
      expect.stringMatching(/^pdf-slot-missing slots\.logo The document has no placeholder for logo/),
    ]);
    expect(await told({ links: ['javascript://x'], fields: [] }, {})).toEqual([
      expect.stringMatching(/^pdf-link {2}Page \d, link to javascript:\/\/x \(x \d+.*\): The document links to/),
    ]);
    const box = { page: 9, x: 1, y: 1, width: 50, height: 50 };
    expect(await told({ fields: [] }, { logo: { ...RULES.logo, box } })).toEqual([
      expect.stringMatching(/^pdf-slot-page slots\.logo\.box The box of logo is on page 9/),
    ]);
  });

  it('may open at a page of its choice', async () => {
    expect(await refusals({ change: withCatalogEntry('OpenAction', { S: 'GoTo', D: [0, 'Fit'] }) })).toEqual([]);
  });

  it('cannot shift what a partner adds by forgetting to restore its state', async () => {
    const straight = await readPositions(await stamp(await prepared(), await values()));
    const shifted = await readPositions(await stamp(await prepared({ content: 'q q 5 0 0 5 0 0 cm' }), await values()));
    const popped = await readPositions(await stamp(await prepared({ content: 'Q Q 5 0 0 5 0 0 cm' }), await values()));
    expect([shifted, popped]).toEqual([straight, straight]);
  });
});

const readPositions = async (pdf: Buffer): Promise<number[]> => {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  const found = items.find((item) => 'str' in item && item.str.startsWith('Free'));
  await document.loadingTask.destroy();
  return found !== undefined && 'transform' in found ? found.transform.map((value: number) => Math.round(value)) : [];
};

describe('a logo that is shrunk', () => {
  it('keeps areas of one colour exactly, and weighs mixed ones by their opacity', () => {
    const [blue, white, gone] = [0xffad5c0b, 0xffffffff, 0x00123456];
    const data = Uint32Array.from([blue, blue, white, gone, blue, blue, gone, gone]);
    const { data: small, width, height } = shrink({ data, width: 4, height: 2 }, 2);
    expect([width, height, ...small].map((value) => value.toString(16))).toEqual(['2', '1', 'ffad5c0b', '40ffffff']);
  });

  it('keeps its one row and column however far it is shrunk', () => {
    expect(shrink({ data: Uint32Array.of(1, 1, 1), width: 3, height: 1 }, 9)).toMatchObject({ width: 1, height: 1 });
  });
});

describe('the balance of a content stream', () => {
  it.each([
    ['q 1 0 0 1 0 0 cm Q', 0, 0],
    ['q q Q', 0, 1],
    ['Q Q q', 2, 1],
    ['(q \\( q) Tj <51> Tj % q\n[(q)] TJ /q gs', 0, 0],
    ['BI /W 1 ID q q q EI Q', 1, 0],
  ])('of “%s” misses %i and leaves %i open', (content, missing, open) => {
    expect(balanceOf(content)).toEqual({ missing, open });
  });
});

describe('a QR code', () => {
  it.each([
    [0, { x: 10, y: 20, width: 50, height: 50 }],
    [90, { x: 60, y: 20, width: 50, height: 50 }],
    [180, { x: 60, y: 20, width: 50, height: 50 }],
    [270, { x: 10, y: 20, width: 50, height: 50 }],
  ] as const)('stands in the lower left of its box as seen on a page turned by %i degrees', (turn, square) => {
    expect(linkBox({ x: 10, y: 20, width: 100, height: 50 }, turn)).toEqual(square);
  });
});
