import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import sharp from 'sharp';
import { readPdf } from '../document/document.fixture.js';
import { brandPicture, cutPicture, openLibraryFile, prepareLibraryDocument, stampDocument } from '../index.js';

const svg = (inner: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">${inner}</svg>`);

const flat = (width: number, height: number, background = '#336699') =>
  sharp({ create: { width, height, channels: 3, background } });

async function pdf(change: (document: PDFDocument) => void = () => undefined): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('What is new', { x: 60, y: 700 });
  change(document);
  return Buffer.from(await document.save());
}

async function refusal(bytes: Buffer): Promise<string> {
  const read = await openLibraryFile(bytes);
  return read.ok ? 'ok' : read.problem.code;
}

describe('a file of a library', () => {
  it('is read by its content: a picture upright, a drawing as picture, a document with its pages', async () => {
    const turned = await flat(80, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await openLibraryFile(turned)).toMatchObject({ file: { kind: 'picture', size: { width: 40, height: 80 } } });
    const drawn = await openLibraryFile(svg('<rect width="60" height="30" fill="#0b5cad"/>'));
    expect(drawn).toMatchObject({ file: { kind: 'picture', mediaType: 'image/svg+xml', hasAlpha: true } });
    expect(await openLibraryFile(await pdf())).toMatchObject({
      file: { kind: 'document', document: { pages: 1, slots: [], obstacle: null } },
    });
    const active = await pdf((document) => {
      document.addJavaScript('ask', 'app.alert(1)');
    });
    expect(await openLibraryFile(active)).toMatchObject({ file: { document: { obstacle: { code: 'pdf-active' } } } });
  });

  it('is refused if it is none, or could do harm', async () => {
    const whole = await flat(300, 300).png().toBuffer();
    expect(await refusal(Buffer.from('no picture'))).toBe('file-type');
    expect(await refusal(whole.subarray(0, whole.length / 2))).toBe('file-broken');
    expect(await refusal(svg('<script>alert(1)</script>'))).toBe('logo-svg-active');
    expect(await refusal(await flat(30_000, 2).png().toBuffer())).toBe('file-too-many-pixels');
    expect(await refusal(Buffer.from('%PDF-1.7\nnothing'))).toBe('file-broken');
  });

  it('is refused if it becomes gigabytes when it is read', async () => {
    // As in document.spec.ts: 47 MB of pairs, each of which expands to 128 bytes.
    const pairs = Buffer.alloc(47_000_000, Buffer.from([129, 32]));
    const bomb = await pdf((document) => {
      const { context } = document;
      const filters = context.obj({ Filter: [PDFName.of('FlateDecode'), PDFName.of('RunLengthDecode')] });
      document
        .getPage(0)
        .node.set(PDFName.of('Contents'), context.register(PDFRawStream.of(filters, deflateSync(pairs))));
    });
    expect(await refusal(bomb)).toBe('file-too-heavy');
  });
});

describe('a cut of a picture', () => {
  it('is a part of the upright picture, made smaller but never larger, in the format that is asked for', async () => {
    const blue = await flat(50, 100, '#0000ff').png().toBuffer();
    const bytes = await flat(100, 100, '#ff0000')
      .composite([{ input: blue, left: 50, top: 0 }])
      .png()
      .toBuffer();
    const right = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const cut = await cutPicture({ bytes, crop: right, maxWidth: 25, format: 'jpg' });
    expect(cut).toMatchObject({ width: 25, height: 50 });
    const { dominant } = await sharp(cut.bytes).stats();
    expect(dominant.b).toBeGreaterThan(dominant.r);
    expect((await cutPicture({ bytes, crop: null, maxWidth: 2_000, format: 'webp' })).width).toBe(100);
  });
});

describe('a copy in a partner’s brand', () => {
  const logo = () => flat(80, 30, '#00aa00').png().toBuffer();

  it('has the logo in the corner of a picture', async () => {
    const made = await brandPicture(await flat(400, 200).jpeg().toBuffer(), await logo(), 'bottom-right');
    const corner = await sharp(made).extract({ left: 300, top: 150, width: 90, height: 40 }).raw().toBuffer();
    expect(corner.includes(Buffer.from([255, 255, 255]))).toBe(true);
    // `stats` ignores what a pipeline has done before.
    const opposite = await sharp(made).extract({ left: 0, top: 0, width: 90, height: 40 }).toBuffer();
    const { channels } = await sharp(opposite).stats();
    expect(channels.every(({ stdev }) => stdev < 2)).toBe(true);
  });

  it('has the contact on the page of a document that the vendor chose', async () => {
    const bytes = await pdf((document) => void document.addPage([595, 842]));
    const branding = { logo: 'top-right', contact: 'bottom-left', page: 'last' } as const;
    const prepared = await prepareLibraryDocument({ file: 'a.pdf', bytes, branding });
    if (!prepared.ok) throw new Error(prepared.problems[0]?.message);
    const png = await logo();
    const values = { logos: { light: png, dark: png }, contact: ['Brightwater IT'], texts: {}, links: {} };
    const stamped = await stampDocument(prepared.prepared, values);
    if (!stamped.ok) throw new Error(stamped.problems[0]?.message);
    const { text } = await readPdf(stamped.pdf);
    expect(text[0]).not.toContain('Brightwater');
    expect(text[1]).toContain('Brightwater IT');
  });
});
