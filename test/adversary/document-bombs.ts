import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';

interface DocumentBomb {
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
}

const stream = (dict: string, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<< ${dict} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);

/** A PDF of these objects, numbered from 1; the first is the catalogue. */
function pdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const pieces = [Buffer.from('%PDF-1.7\n')];
  let at = pieces[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const piece = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object as string),
      Buffer.from('\nendobj\n'),
    ]);
    const offset = at;
    pieces.push(piece);
    at += piece.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pieces.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>';
const page = (...more: readonly (string | Buffer)[]): Buffer => pdf([CATALOG, PAGES, PAGE, ...more]);
const flat = (megabytes: number, fill = 0): Buffer =>
  deflateSync(Buffer.alloc(megabytes * 1_000_000, fill), { level: 1 });

function chained(times: number): Buffer {
  let bytes = Buffer.alloc(20_000_000);
  for (let at = 0; at < times; at += 1) bytes = deflateSync(bytes, { level: 9 });
  return stream(`/Filter [${'/FlateDecode '.repeat(times)}]`, bytes);
}

async function pages(count: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (let at = 0; at < count; at += 1) document.addPage([100, 100]);
  return Buffer.from(await document.save());
}

const each = (
  name: string,
  sizes: readonly number[],
  make: (size: number) => Buffer | Promise<Buffer>,
): DocumentBomb[] => sizes.map((size) => ({ name: `${name} (${size})`, make: () => make(size) }));

/** Documents of a vendor that exhaust what opens them. */
export const DOCUMENT_BOMBS: readonly DocumentBomb[] = [
  ...each('object stream of zeros, MB', [20, 200, 900], (size) =>
    page(stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', flat(size))),
  ),
  ...each('object stream of blanks, MB', [200], (size) =>
    page(stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', flat(size, 32))),
  ),
  ...each('object stream that promises objects', [1_000_000], (size) =>
    page(stream(`/Type /ObjStm /N ${size} /First 4 /Filter /FlateDecode`, flat(8, 49))),
  ),
  ...each('content of zeros, MB', [20, 200, 900], (size) => page(stream('/Filter /FlateDecode', flat(size)))),
  ...each('content of operators, MB', [2, 20], (size) =>
    page(stream('/Filter /FlateDecode', deflateSync(Buffer.from('q '.repeat(size * 500_000))))),
  ),
  ...each('filters in a chain', [2, 6], (times) => page(chained(times))),
  ...each('ASCII85, MB', [5], (size) => page(stream('/Filter /ASCII85Decode', Buffer.alloc(size * 1_000_000, 'z')))),
  ...each('run lengths, MB', [5], (size) =>
    page(stream('/Filter /RunLengthDecode', Buffer.alloc(size * 1_000_000, 129))),
  ),
  ...each('pages', [500, 6_000], pages),
  ...each('arrays in one another', [1_000, 200_000], (size) => page(`${'['.repeat(size)}${']'.repeat(size)}`)),
  ...each('dictionaries in one another', [1_000, 100_000], (size) =>
    page(`${'<</A '.repeat(size)}1${'>>'.repeat(size)}`),
  ),
  ...each('names', [200_000], (size) => page(`[${Array.from({ length: size }, (_, at) => `/N${at}`).join(' ')}]`)),
  ...each('one name', [3_000_000], (size) => page(`/${'#41'.repeat(size)}`)),
  ...each('open strings', [1_000, 1_000_000], (size) => page('('.repeat(size))),
  ...each('comments', [500_000], (size) => page(`${'%x\n'.repeat(size)}1`)),
  ...each('objects', [60_000], (size) => page(...Array.from({ length: size }, () => '<< /A 1 >>'))),
  {
    name: 'pages that contain themselves',
    make: () => pdf([CATALOG, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']),
  },
  {
    name: 'pages in a circle',
    make: () =>
      pdf([
        CATALOG,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>',
      ]),
  },
  { name: 'a count that lies', make: () => pdf([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>', PAGE]) },
  { name: 'a length in a circle', make: () => page(Buffer.from('<< /Length 4 0 R >>\nstream\nx\nendstream')) },
  { name: 'a table in a circle', make: () => pdf([CATALOG, PAGES, PAGE, '1'], '/Prev 9') },
  {
    name: 'a size that lies',
    make: () => Buffer.from(page('1').toString('latin1').replace('/Size 5', '/Size 999999999'), 'latin1'),
  },
  { name: 'a page of 1e30 points', make: () => pdf([CATALOG, PAGES, PAGE.replace('595 842', '1e30 1e30'), '1']) },
  { name: 'half of it', make: async () => (await pages(100)).subarray(0, 900) },
  { name: 'zeros', make: () => Buffer.alloc(9_000_000) },
  { name: 'a head alone, again and again', make: () => Buffer.alloc(9_000_000, '%PDF-1.7\n1 0 obj\n') },
];
