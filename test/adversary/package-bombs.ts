import { deflateRawSync, crc32 } from 'node:zlib';
import { campaignFiles, CAMPAIGN_YAML, zipOf } from '../../libs/content/src/package/package.fixture.js';
import { type Bomb, sized, svg } from './bomb.js';
import { DOCUMENT_BOMBS } from './document-bombs.js';
import { DRAWING_LAYERS } from './drawing-bombs.js';
import { flood } from '../support/png-forgery.js';

type Changes = Readonly<Record<string, string | Buffer | null>>;
const packed = (changes: Changes): Promise<Buffer> => zipOf(campaignFiles(changes));
const MASTER = campaignFiles().get('emails/welcome.mjml')?.toString() ?? '';
/** The e-mail of the campaign with more content at its beginning. */
const email = (more: string): Changes => ({
  'emails/welcome.mjml': MASTER.replace('<mj-section>', `${more}<mj-section>`),
});
const text = (more: string): Changes =>
  email(`<mj-section><mj-column><mj-text>${more}</mj-text></mj-column></mj-section>`);
const head = (more: string): Changes => ({ 'emails/welcome.mjml': MASTER.replace('</mj-head>', `${more}</mj-head>`) });
const inPackage = (name: string, sizes: readonly number[], changes: (size: number) => Changes): Bomb[] =>
  sized('package', name, sizes, (size) => packed(changes(size)));

interface Entry {
  readonly path: string;
  readonly data: Buffer;
  readonly declared?: number;
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
}

const deflated = new Map<Buffer, Buffer>();
/** Compresses the same bytes once. */
function deflate(data: Buffer): Buffer {
  const known = deflated.get(data) ?? deflateRawSync(data, { level: 9 });
  deflated.set(data, known);
  return known;
}

/** A zip that is written by hand, so that it can lie (PKWARE APPNOTE 4.3). */
function forgedZip(entries: readonly Entry[], sameData = false): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [at, { path, data, declared = data.length, mode = 0, flags = 0, method = 8 }] of entries.entries()) {
    const compressed = method === 0 ? data : deflate(data);
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(data), 14);
    local.writeUInt32LE(compressed.length, 18);
    local.writeUInt32LE(declared, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    local.copy(central, 8, 6, 28);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(sameData ? 0 : offset, 42);
    directory.push(central, name);
    if (sameData && at > 0) continue;
    bodies.push(local, name, compressed);
    offset += 30 + name.length + compressed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries.length, 65_535), 8);
  end.writeUInt16LE(Math.min(entries.length, 65_535), 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  deflated.clear();
  return Buffer.concat([...bodies, central, end]);
}

const SMALL = Buffer.alloc(9);
const campaign = { path: 'campaign.yaml', data: Buffer.from(CAMPAIGN_YAML) };
const sharedZip = (size: number, data: Buffer): Buffer =>
  forgedZip(
    Array.from({ length: size }, (_, at) => ({ path: `images/${at}.png`, data })),
    true,
  );
const ZIPS: readonly Bomb[] = [
  ...sized('package', 'zip: ratio of one file, MB', [9, 100, 500], (size) =>
    forgedZip([campaign, { path: 'images/a.png', data: Buffer.alloc(size * 1_000_000) }]),
  ),
  ...sized('package', 'zip: less declared than there is', [1, 1_000], (size) =>
    forgedZip([campaign, { path: 'images/a.png', data: Buffer.alloc(50_000_000), declared: size }]),
  ),
  ...sized('package', 'zip: more declared than there is', [9_000_000], (size) =>
    forgedZip([campaign, { path: 'images/a.png', data: Buffer.alloc(10), declared: size }]),
  ),
  ...sized('package', 'zip: entries', [299, 601, 65_000], (size) =>
    forgedZip(Array.from({ length: size }, (_, at) => ({ path: `images/${at}.png`, data: SMALL }))),
  ),
  ...sized('package', 'zip: entries that share their data', [290], (size) => sharedZip(size, Buffer.alloc(9_000_000))),
  ...sized('package', 'zip: long paths', [200, 60_000], (size) =>
    forgedZip([campaign, { path: 'a/'.repeat(size / 2), data: Buffer.alloc(1) }]),
  ),
  ...Object.entries<Entry>({
    'a path that climbs': { path: '../../etc/passwd', data: Buffer.from('x') },
    'a symbolic link': { path: 'images/a.png', data: Buffer.from('/dev/zero'), mode: 0o120777 },
    'an encrypted file': { path: 'images/a.png', data: Buffer.from('x'), flags: 1 },
    'an unknown method': { path: 'images/a.png', data: Buffer.from('x'), method: 99 },
  }).map(([name, entry]): Bomb => ({
    entrance: 'package',
    name: `zip: ${name}`,
    make: () => forgedZip([campaign, entry]),
  })),
  ...sized('package', 'zip: in a zip', [5], async (size) => {
    let zip = await packed({});
    for (let at = 0; at < size; at += 1) zip = forgedZip([{ path: `a${at}.zip`, data: zip }]);
    return zip;
  }),
  ...sized('package', 'zip: random bytes, MB', [1, 29], (size) => Buffer.alloc(size * 1_000_000, 'PK\u0005\u0006PK')),
];

const aliases = (depth: number): string =>
  Array.from(
    { length: depth },
    (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1},`.repeat(9).slice(0, -1)}]`,
  ).join('\n');
const YAML: readonly (readonly [string, readonly number[], (size: number) => string])[] = [
  ['aliases', [5, 9, 30], aliases],
  [
    'merge keys',
    [20, 2_000],
    (size) =>
      Array.from({ length: size }, (_, at) => `m${at}: &m${at} { <<: *m${Math.max(0, at - 1)}, k${at}: 1 }`).join('\n'),
  ],
  ['flow sequences in one another', [1_000, 100_000], (size) => `deep: ${'['.repeat(size)}${']'.repeat(size)}`],
  ['flow mappings in one another', [1_000, 50_000], (size) => `deep: ${'{a: '.repeat(size)}`],
  ['block sequences in one another', [1_000, 100_000], (size) => `deep:\n  ${'- '.repeat(size)}x`],
  ['indentation', [500, 2_000], (size) => Array.from({ length: size }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['keys', [10_000, 150_000], (size) => Array.from({ length: size }, (_, at) => `k${at}: 1`).join('\n')],
  ['documents', [1_000, 100_000], (size) => '---\na: 1\n'.repeat(size)],
  [
    'anchors',
    [1_000, 50_000],
    (size) => `list:\n${Array.from({ length: size }, (_, at) => `  - &x${at} 1\n`).join('')}`,
  ],
  ['quotes', [1_000, 500_000], (size) => `a: "${'\\u0041'.repeat(size)}"`],
  ['an open quote', [1_000, 1_000_000], (size) => `a: "${"x'".repeat(size)}`],
  ['tags', [1_000, 50_000], (size) => `a: [${'!!str x,'.repeat(size)}]`],
  ['complex keys', [100, 5_000], (size) => `${'? '.repeat(size)}a`],
  ['one long line', [9_000_000], (size) => `a: ${'x'.repeat(size)}`],
];
const yamls = YAML.flatMap(([name, sizes, make]) => [
  ...inPackage(`yaml: campaign.yaml: ${name}`, sizes, (size) => ({
    'campaign.yaml': `${CAMPAIGN_YAML}\n${make(size)}`,
  })),
  ...inPackage(`yaml: catalogue: ${name}`, sizes, (size) => ({ 'locales/en.yaml': make(size) })),
]);

const TEXTS: readonly (readonly [string, readonly number[], (size: number) => Changes])[] = [
  [
    'mjml: sections',
    [200, 1_500],
    (size) => email('<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>'.repeat(size)),
  ],
  [
    'mjml: nesting',
    [90, 5_000, 20_000],
    (size) => email(`${'<mj-wrapper>'.repeat(size)}${'</mj-wrapper>'.repeat(size)}`),
  ],
  [
    'mjml: attributes',
    [1_000, 20_000],
    (size) => email(`<mj-section ${Array.from({ length: size }, (_, at) => `a${at}="1"`).join(' ')}/>`),
  ],
  ['mjml: open tags', [1_000, 30_000], (size) => email('<mj-text'.repeat(size))],
  ['mjml: comments', [1_000, 40_000], (size) => email('<!---->'.repeat(size))],
  ['mjml: open comments', [1_000, 60_000], (size) => email('<!--'.repeat(size))],
  [
    'mjml: classes',
    [500, 4_000],
    (size) =>
      head(
        `<mj-attributes>${Array.from({ length: size }, (_, at) => `<mj-class name="c${at}" color="red"/>`).join('')}</mj-attributes>`,
      ),
  ],
  ['mjml: includes', [10, 2_000], (size) => email('<mj-include path="/dev/zero"/>'.repeat(size))],
  ['mjml: entities', [1_000, 50_000], (size) => text('&amp;'.repeat(size))],
  [
    'mjml: tables',
    [100, 3_000],
    (size) =>
      email(
        `<mj-section><mj-column><mj-table>${'<tr><td>x</td></tr>'.repeat(size)}</mj-table></mj-column></mj-section>`,
      ),
  ],
  [
    'handlebars: blocks',
    [50, 5_000],
    (size) => text(`${'{{#when industry="x"}}'.repeat(size)}${'{{/when}}'.repeat(size)}`),
  ],
  ['handlebars: fields', [1_000, 15_000], (size) => text('{{contact.firstName}}'.repeat(size))],
  ['handlebars: open braces', [1_000, 100_000], (size) => text('{'.repeat(size))],
  ['handlebars: unmatched', [1_000, 50_000], (size) => text('{{'.repeat(size))],
  ['handlebars: raw blocks', [100, 10_000], (size) => text('{{{{raw}}}}'.repeat(size))],
  ['handlebars: subexpressions', [100, 20_000], (size) => text(`{{${'(a '.repeat(size)}}}`)],
  ['handlebars: paths', [100, 50_000], (size) => text(`{{a${'.a'.repeat(size)}}}`)],
  [
    'css: rules',
    [1_000, 8_000],
    (size) => head(`<mj-style>${Array.from({ length: size }, (_, at) => `.a${at}{color:red}`).join('')}</mj-style>`),
  ],
  ['css: brackets', [1_000, 100_000], (size) => head(`<mj-style>a{b:${'('.repeat(size)}}</mj-style>`)],
  [
    'css: selectors',
    [100, 5_000],
    (size) => head(`<mj-style inline="inline">${':not('.repeat(size)}a${')'.repeat(size)}{color:red}</mj-style>`),
  ],
  ['css: open strings', [1_000, 90_000], (size) => head(`<mj-style>${`a{b:"`.repeat(size)}</mj-style>`)],
  ['css: calc', [100, 20_000], (size) => text(`<b style="width:${'calc('.repeat(size)}">x</b>`)],
  ['css: open comments', [1_000, 90_000], (size) => head(`<mj-style>${'/*'.repeat(size)}</mj-style>`)],
  ['css: media queries', [100, 5_000], (size) => head(`<mj-style>${'@media all{'.repeat(size)}</mj-style>`)],
  [
    'css: inline rules over many elements',
    [20, 300],
    (size) => ({
      'emails/welcome.mjml': MASTER.replace(
        '</mj-head>',
        `<mj-style inline="inline">${'b b b b{color:red}'.repeat(size)}</mj-style></mj-head>`,
      ).replace(
        '<mj-section>',
        `<mj-section><mj-column><mj-text>${'<b>x</b>'.repeat(size * 20)}</mj-text></mj-column></mj-section><mj-section>`,
      ),
    }),
  ],
  ['html: nesting', [90, 20_000], (size) => text('<b>'.repeat(size))],
  ['html: open styles', [1_000, 13_000], (size) => text('<style'.repeat(size))],
  ['html: attributes', [1_000, 20_000], (size) => text(`<b ${'a '.repeat(size)}>x</b>`)],
  ['html: tables in one another', [90, 5_000], (size) => text('<table><tr><td>'.repeat(size))],
  ['html: formatting elements', [100, 5_000], (size) => text(`${'<a href="#">'.repeat(size)}${'<p>'.repeat(size)}`)],
  ['html: blanks', [10_000, 250_000], (size) => text(' '.repeat(size))],
];

const withPost = (source: string, images: Changes = {}): Changes => ({
  'campaign.yaml': `${CAMPAIGN_YAML}social:\n  post: { text: welcome.title, link: demo, images: { landscape: social/a.svg, square: social/a.svg, story: social/a.svg } }\n`,
  'social/a.svg': source,
  ...images,
});
const posts = [
  ...DRAWING_LAYERS.slice(0, 12).flatMap(({ name, sizes, inner }) =>
    inPackage(`post: ${name}`, [sizes.at(-1) ?? 1], (size) => withPost(svg(inner(size)))),
  ),
  ...inPackage('post: a picture of too many pixels', [7_000, 30_000], (side) =>
    withPost(svg('<image href="images/a.png" width="9" height="9"/>'), { 'images/a.png': flood(side, side, 100) }),
  ),
];

/** The document is stored, not compressed: its ratio would be refused before. */
const documents = DOCUMENT_BOMBS.map(({ name, make }): Bomb => ({
  entrance: 'package',
  name: `pdf: ${name}`,
  make: async () => {
    const files = campaignFiles({
      'campaign.yaml': `${CAMPAIGN_YAML}documents:\n  sheet: { source: documents/a.pdf, title: welcome.title, slots: {} }\n`,
      'documents/a.pdf': await make(),
    });
    return forgedZip([...files].map(([path, data]) => ({ path, data, method: 0 })));
  },
}));

/** Packages whose zip, or a file in it, is a bomb. */
export const PACKAGE_BOMBS: readonly Bomb[] = [
  ...ZIPS,
  ...yamls,
  ...TEXTS.flatMap(([name, sizes, changes]) => inPackage(name, sizes, changes)),
  ...posts,
  ...documents,
];
