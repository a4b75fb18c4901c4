import { gzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { composeSocial, ingestLogo, prepareSocial, socialProof } from '#artwork';
import { animated, flood, packedText, withChunks } from '../support/png-forgery.js';
import { logoValues } from './artwork.fixture.js';

/**
 * Pictures that exhaust the program that opens them, or display as something
 * else: as logos and in posts.
 */
const LIMIT_MS = 120_000;
/**
 * Wall time per picture on a busy machine. Without limits, each takes minutes
 * or all memory.
 */
const PATIENCE_MS = 60_000;
const MAX_GROWTH_BYTES = 400_000_000;

const SVG_HEAD =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="80"';
const svg = (inner: string, before = ''): Buffer => Buffer.from(`${before}<svg ${SVG_HEAD}>${inner}</svg>`);
const shape = '<rect width="300" height="80" rx="12" fill="#0b5cad"/><circle cx="40" cy="40" r="24" fill="#fff"/>';
const drawn = (): Sharp => sharp(svg(shape));
const dataOf = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;

/**
 * The result for a logo: `ok`, or the code and message. Time and memory must
 * stay within limits.
 */
async function outcome(bytes: Buffer): Promise<string> {
  const [startedAt, before] = [Date.now(), process.memoryUsage().rss];
  const result = await ingestLogo(bytes);
  expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
  if (result.ok) return 'ok';
  const { code, message, remedy } = result.problem;
  return `${code}: ${message} ${remedy}`;
}

const uses = (depth: number, href: string): string =>
  `<defs><g id="l0"><rect width="1" height="1"/></g>${Array.from(
    { length: depth },
    (_, at) => `<g id="l${at + 1}">${`<use ${href}="#l${at}"/>`.repeat(10)}</g>`,
  ).join('')}</defs><use ${href}="#l${depth}"/>`;

/** A GIF of two pictures of one pixel. */
const GIF = Buffer.from(
  '4749463839610100010080000000000000ffffff21f90400000000002c00000000010001000002024401002' +
    '1f90400000000002c000000000100010000020244010 03b'.replaceAll(' ', ''),
  'hex',
);

async function moving(): Promise<Buffer> {
  const frames = Buffer.concat([Buffer.alloc(300 * 80 * 3, 20), Buffer.alloc(300 * 80 * 3, 200)]);
  return sharp(frames, { raw: { width: 300, height: 160, channels: 3, pageHeight: 80 } })
    .webp({ loop: 0 })
    .toBuffer();
}

describe('a logo that is a bomb', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    [
      'a PNG of 30,000 × 30,000 pixels',
      () => flood(30_000, 30_000, 2_000),
      /^logo-too-many-pixels: .*30000 × 30000.*at most/,
    ],
    [
      'a PNG of 7,000 × 7,000 pixels that are not there',
      () => flood(7_000, 7_000, 10),
      /^logo-broken: .*damaged.*Export/,
    ],
    [
      'a text of 500 MB in a PNG',
      async () => withChunks(await drawn().png().toBuffer(), packedText('zTXt', 500)),
      /^ok$/,
    ],
    [
      'a profile of 500 MB in a PNG',
      async () => withChunks(await drawn().png().toBuffer(), packedText('iCCP', 500)),
      /^ok$/,
    ],
    [
      'a moving PNG',
      async () => animated(await drawn().removeAlpha().png().toBuffer(), 300, 80),
      /^logo-animated: .*animated.*one frame/,
    ],
    ['a moving WebP', moving, /^logo-animated: .*animated.*one frame/],
    ['a GIF', () => GIF, /^logo-type: .*not a PNG, JPEG, WebP or SVG.*Export/],
    ['half a JPEG', async () => half(await drawn().flatten().jpeg().toBuffer()), /^logo-broken: /],
    ['half a WebP', async () => half(await drawn().webp().toBuffer()), /^logo-broken: /],
    ['half a PNG', async () => half(await drawn().png().toBuffer()), /^logo-broken: /],
    ['a PNG whose checksums are wrong', async () => broken(await drawn().png().toBuffer()), /^logo-broken: /],
    [
      'a PDF behind a PNG’s first bytes',
      async () => Buffer.concat([(await drawn().png().toBuffer()).subarray(0, 8), Buffer.from('%PDF-1.7')]),
      /^logo-(?:broken|type): /,
    ],
    [
      'an SVG that begins as a PNG',
      async () => Buffer.concat([(await drawn().png().toBuffer()).subarray(0, 8), svg(shape)]),
      /^logo-(?:broken|type): /,
    ],
    [
      'a page with an SVG in it',
      () => Buffer.from(`<!doctype html><body>${svg(shape).toString()}</body>`),
      /^logo-type: /,
    ],
    ['nested <use>', () => svg(uses(14, 'xlink:href')), /^logo-(?:svg-too-heavy: .*too long.*Simplify|blank)/],
    ['nested <use> of the newer kind', () => svg(uses(14, 'href')), /^logo-(?:svg-too-heavy|blank)/],
    ['nested <use>, packed', () => gzipSync(svg(uses(14, 'href'))), /^logo-(?:svg-too-heavy|blank)/],
    [
      'a thousand million laughs',
      () => svg('<text>&c;</text>', laughs()),
      /^logo-svg-active: .*entities.*plain shapes/,
    ],
    [
      'one entity, many times',
      () => svg(`<text>${'&a;'.repeat(60_000)}</text>`, `<!DOCTYPE svg [<!ENTITY a "${'x'.repeat(190)}">]>`),
      /^logo-svg-active: /,
    ],
    [
      'an entity from a file',
      () => svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      /^logo-svg-active: /,
    ],
    [
      'filters on filters',
      () =>
        svg(
          `<filter id="f" x="-9" y="-9" width="20" height="20">${'<feGaussianBlur stdDeviation="900"/><feTurbulence baseFrequency="0.9" numOctaves="200"/>'.repeat(200)}</filter><g filter="url(#f)">${shape}</g>`,
        ),
      /^(?:logo-svg-too-heavy|logo-blank|ok)/,
    ],
    [
      'a million million pixels',
      () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000">${shape}</svg>`),
      /^(?:logo-svg-too-heavy|logo-blank)/,
    ],
    [
      'a path of half a million points',
      () => svg(`<path d="M0 0${'L9 9 0 0'.repeat(50_000)}" stroke="#e11" stroke-dasharray="0.0001"/>`),
      /^(?:logo-svg-too-heavy|logo-blank|ok)/,
    ],
    [
      '200,000 nested groups',
      () => svg(`${'<g>'.repeat(60_000)}${'</g>'.repeat(60_000)}`),
      /^logo-svg-too-(?:heavy|large)/,
    ],
    [
      'a picture from elsewhere',
      () => svg(`${shape}<image href="https://evil.example/x.png"/>`),
      /^logo-svg-active: .*outside the file/,
    ],
    [
      'a picture from elsewhere, in other letters',
      () => svg(`${shape}<image href="&#104;ttps://evil.example/x.png"/>`),
      /^logo-svg-active: .*outside the file/,
    ],
    ['a picture from a file', () => svg(`${shape}<image xlink:href='file:///etc/passwd'/>`), /^logo-svg-active: /],
    [
      'a filter’s picture from elsewhere',
      () => svg(`<filter id="f"><feImage href="http://evil.example/x"/></filter>${shape}`),
      /^logo-svg-active: /,
    ],
    [
      'a sheet of styles from elsewhere',
      () => svg(`<style>@import "https://evil.example/x.css";</style>${shape}`),
      /^logo-svg-active: .*import/,
    ],
    [
      'a page within',
      () =>
        svg(
          `<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>${shape}`,
        ),
      /^logo-svg-active: .*embedded/,
    ],
    [
      'another SVG within',
      () => svg(`${shape}<image href="data:image/svg+xml;base64,PHN2Zy8+"/>`),
      /^logo-svg-active: /,
    ],
    [
      'half a picture within',
      async () =>
        svg(`${shape}\n<image width="9" height="9" href="${dataOf('png', half(await drawn().png().toBuffer()))}"/>`),
      /^logo-svg-picture: The picture in <image> on line 2 cannot be read.*Export/,
    ],
    [
      '900,000,000 pixels within',
      () => svg(`${shape}<image width="9" height="9" href="${dataOf('png', flood(30_000, 30_000, 2_000))}"/>`),
      /^logo-svg-picture: The picture in <image> on line 1 has 30000 × 30000 pixels\./,
    ],
  ])(
    'is refused, saying what is wrong and the way out, or drawn within its limits, when it is %s',
    async (_, make, expected) => {
      expect(await outcome(await make())).toMatch(expected);
    },
    LIMIT_MS,
  );
});

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const broken = (png: Buffer): Buffer => {
  const at = png.indexOf('IDAT');
  return Buffer.concat([png.subarray(0, at + 20), Buffer.from([png[at + 20]! ^ 0xff]), png.subarray(at + 21)]);
};
const laughs = (): string =>
  `<!DOCTYPE svg [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]>`;

describe('an honest logo of a rare kind', () => {
  /** The mean colour of the logo for light surfaces. */
  const colour = async (bytes: Buffer): Promise<number[]> => {
    const result = await ingestLogo(bytes);
    if (!result.ok) throw new Error(result.problem.message);
    const { width, height } = result.logo;
    const box = { left: Math.floor(width / 2), top: Math.floor(height / 2), width: 4, height: 4 };
    const { channels } = await sharp(await sharp(result.logo.variants.light).extract(box).png().toBuffer()).stats();
    return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
  };
  const near = (found: readonly number[], wanted: readonly number[], by = 12): boolean =>
    found.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) <= by);

  it('is upright, however a camera held it', async () => {
    const photo = await drawn().flatten().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const result = await ingestLogo(photo);
    expect(result.ok && result.logo.height > result.logo.width).toBe(true);
  });

  it('keeps its colours from CMYK, and from a profile of its own', async () => {
    const green = { r: 40, g: 160, b: 70 };
    const plain = sharp({ create: { width: 300, height: 200, channels: 3, background: green } }).composite([
      {
        input: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="40" height="200"/></svg>',
        ),
      },
    ]);
    const cmyk = await sharp(await plain.png().toBuffer())
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    // CMYK does not contain this green. The result is the nearest printable
    // colour.
    expect(near(await colour(cmyk), [40, 160, 70], 40)).toBe(true);
    const wide = await sharp(await plain.png().toBuffer())
      .withIccProfile('p3')
      .png()
      .toBuffer();
    expect((await sharp(wide).metadata()).hasProfile).toBe(true);
    expect(near(await colour(wide), [40, 160, 70])).toBe(true);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('shows the %s within an SVG, whatever it calls it', async (type) => {
    const bytes = await drawn().flatten({ background: '#0b5cad' })[type]().toBuffer();
    const inner = `<circle cx="10" cy="10" r="9" fill="#111827"/><image x="20" width="280" height="80" preserveAspectRatio="none" href="${dataOf('png', bytes)}"/>`;
    expect(near(await colour(svg(inner)), [11, 92, 173])).toBe(true);
  });
});

const SIZE = { width: 400, height: 300 };
const post = (
  inner: string,
  root = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"',
): string =>
  `<svg ${root} width="400" height="300"><rect width="400" height="300" fill="#ffffff"/>\n${inner}\n<rect id="tc:logo" x="10" y="10" width="80" height="40"/></svg>`;
const prepare = (source: string, images: Readonly<Record<string, Buffer>> = {}) =>
  prepareSocial({
    file: 'social/a.svg',
    svg: source,
    ...SIZE,
    texts: { copy: 'A & B' },
    catalogueFile: 'locales/en.yaml',
    images,
  });

/**
 * The result for a source: a colour of the finished picture, or the refusal
 * with its position.
 */
async function shown(
  source: string,
  images: Readonly<Record<string, Buffer>> = {},
  at = { x: 200, y: 150 },
): Promise<string> {
  const startedAt = Date.now();
  const result = await prepare(source, images);
  expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
  if (!result.ok)
    return result.problems.map(({ code, line, message, remedy }) => `${code}:${line} ${message} ${remedy}`).join('\n');
  const { pixels } = await socialProof(result.prepared);
  const from = (at.y * pixels.width + at.x) * 3;
  return [...pixels.data.subarray(from, from + 3)].map((value) => Math.round(value / 16).toString(16)).join('');
}

describe('a picture within a post', () => {
  const IMAGE = '<image href="images/x.png" x="100" y="100" width="200" height="100" preserveAspectRatio="none"/>';
  const blue = (): Sharp => sharp({ create: { width: 90, height: 60, channels: 3, background: '#1050a0' } });

  it.each<[string, () => Promise<Buffer>]>([
    ['PNG', () => blue().png().toBuffer()],
    ['PNG of sixteen bits', () => blue().toColourspace('rgb16').png().toBuffer()],
    ['PNG of a palette', () => blue().png({ palette: true }).toBuffer()],
    ['JPEG', () => blue().jpeg().toBuffer()],
    ['progressive JPEG', () => blue().jpeg({ progressive: true }).toBuffer()],
    ['turned JPEG', () => blue().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['CMYK JPEG', () => blue().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['WebP', () => blue().webp({ quality: 95 }).toBuffer()],
    ['lossless WebP', () => blue().webp({ lossless: true }).toBuffer()],
    ['PNG with a profile', () => blue().withIccProfile('p3').png().toBuffer()],
    ['PNG with a text of 300 MB', async () => withChunks(await blue().png().toBuffer(), packedText('zTXt', 300))],
  ])('is drawn when it is a %s, whatever its name says', async (_, make) => {
    expect(await shown(post(IMAGE), { 'images/x.png': await make() })).toMatch(/^[012][456][89ab]$/);
  });

  it.each([
    [
      'single quotes',
      `<image href='images/x.png' x='100' y='100' width='200' height='100' preserveAspectRatio='none'/>`,
    ],
    ['the older attribute', IMAGE.replace('href', 'xlink:href')],
    ['blanks around the sign', IMAGE.replace('href=', 'href = ')],
    ['a path from its own folder', IMAGE.replace('images/', '../images/')],
    ['entities in its name', IMAGE.replace('images/x', 'images/&#120;')],
  ])('is drawn however its element is written: %s', async (_, element) => {
    expect(await shown(post(element), { 'images/x.png': await blue().png().toBuffer() })).toBe('15a');
  });

  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['is cut off', async () => half(await blue().png().toBuffer()), 'cannot be read'],
    ['is damaged', async () => broken(await blue().png().toBuffer()), 'cannot be read'],
    ['has half of its rows', () => flood(600, 600, 300), 'cannot be read'],
    ['is a GIF', () => GIF, 'is no PNG, JPEG or WebP'],
    ['is an SVG', () => svg(shape), 'is no PNG, JPEG or WebP'],
    ['is a PDF', () => Buffer.from('%PDF-1.7'), 'is no PNG, JPEG or WebP'],
    ['is empty', () => Buffer.alloc(0), 'is no PNG, JPEG or WebP'],
    ['is a moving WebP', moving, 'is animated'],
    ['is a moving PNG', async () => animated(await blue().png().toBuffer(), 90, 60), 'is animated'],
    ['has 900,000,000 pixels', () => flood(30_000, 30_000, 2_000), 'has 30000 × 30000 pixels'],
  ])('is an error that names its element when it %s', async (_, make, reason) => {
    const said = await shown(post(IMAGE), { 'images/x.png': await make() });
    expect(said).toMatch(/^picture-unusable:2 <image> shows images\/x\.png, which .* Export /);
    expect(said).toContain(reason);
  });

  it(
    'is an error when all of them together are more than a post can hold',
    async () => {
      const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
      const heavy = await sharp({ create: { width: 1_200, height: 1_200, channels: 3, background: '#000', noise } })
        .png()
        .toBuffer();
      expect(await shown(post(IMAGE.repeat(30)), { 'images/x.png': heavy })).toMatch(/^social-too-heavy:1 /);
    },
    LIMIT_MS,
  );
});

describe('a post’s source that is hostile', () => {
  it.each([
    [
      'has an <image> without a picture',
      '<image x="1" y="1" width="9" height="9"/>',
      /^picture-missing:2 <image> has no href/,
    ],
    ['shows a picture from elsewhere', '<image href="https://evil.example/x.png"/>', /^picture-missing:2 /],
    ['shows a file', '<image href="file:///etc/passwd"/>', /^picture-missing:2 /],
    ['shows data', '<image href="data:image/png;base64,AAAA"/>', /^picture-missing:2 /],
    ['shows a part of itself as a picture', '<image href="#a"/>', /^picture-missing:2 /],
    ['uses another file', '<use href="images/x.svg#a"/>', /^svg-refused:2 <use> refers to “images\/x\.svg#a”/],
    ['uses a part that is not there', '<use href="#none"/>', /^svg-reference:2 <use> refers to #none/],
    ['fills from another file', '<rect fill="url(https://evil.example/x#a)" width="9" height="9"/>', /^svg-refused:2 /],
    ['imports styles', '<style>@import "x.css";</style>', /^svg-refused:2 .*style/],
    [
      'imports styles within a section of plain text',
      '<style><![CDATA[@import url(x.css);]]></style>',
      /^svg-refused:2 .*style/,
    ],
    [
      'hides a name by escapes',
      '<rect style="fill:u\\72l(https://evil.example)" width="9" height="9"/>',
      /^svg-refused:2 .*style/,
    ],
    [
      'holds a page',
      '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
      /^svg-refused:2 <foreignObject>/,
    ],
    ['runs a script', '<script href="https://evil.example/x.js"/>', /^svg-refused:2 <script>/],
    [
      'runs a script by another prefix',
      '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
      /^svg-refused:2 <s:script>/,
    ],
    ['runs on loading', '<rect width="9" height="9" onload="x()"/>', /^svg-refused:2 .*onload/],
    ['moves', '<animate attributeName="x"/>', /^svg-refused:2 <animate>/],
    [
      'fetches by a filter',
      '<filter id="f"><feImage href="https://evil.example/x"/></filter>',
      /svg-refused:2 <feImage>/,
    ],
    ['has a prefix that means nothing', '<image x:href="images/x.png"/>', /svg-syntax:2 /],
    [
      'is in another language',
      '<rect xmlns="http://example.com/other" width="400" height="300"/>',
      /^svg-refused:2 <rect>/,
    ],
  ])('is refused with line and element when it %s', async (_, inner, expected) => {
    expect(await shown(post(inner), { 'images/x.svg': svg(shape) })).toMatch(expected);
  });

  it.each([
    ['entities', `<!DOCTYPE svg [<!ENTITY a "x">]>${post('<text>&a;</text>')}`, /^svg-refused:1 A document type/],
    ['no name for its language', post('', 'version="1.1"'), /^svg-refused:1 .*Write <svg xmlns=/],
  ])('is refused when it has %s', async (_, source, expected) => {
    expect(await shown(source)).toMatch(expected);
  });

  it.each([
    ['nests <use> without end', uses(14, 'href').replaceAll('<rect', '<circle r="4"')],
    [
      'filters for minutes',
      `<filter id="f" x="-9" y="-9" width="20" height="20">${'<feGaussianBlur stdDeviation="900"/><feTurbulence baseFrequency="0.9" numOctaves="200"/>'.repeat(100)}</filter><g filter="url(#f)">${shape}</g>`,
    ],
    ['nests 60,000 groups', `${'<g>'.repeat(60_000)}${'</g>'.repeat(60_000)}`],
  ])(
    'is refused or drawn within its limits when it %s',
    async (_, inner) => {
      const [before, growth] = [process.cpuUsage(), process.memoryUsage().rss];
      expect(await shown(post(inner))).toMatch(
        /^(?:social-too-heavy:1 |svg-refused:2 Elements are nested|[0-9a-f]{3}$)/,
      );
      // A generous limit, because the machine may be busy.
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(12_000);
      expect(process.memoryUsage().rss - growth).toBeLessThan(MAX_GROWTH_BYTES);
    },
    LIMIT_MS,
  );

  it.each([
    ['single quotes', `<rect id='tc:text:a' x='100' y='100' width='200' height='100' fill='#e00000'/>`],
    [
      'a title within',
      `<rect id="tc:text:a" x="100" y="100" width="200" height="100" fill="#e00000"><title>Here</title></rect>`,
    ],
    [
      'a larger sign in another attribute',
      `<rect data-note="a > b" id="tc:text:a" x="100" y="100" width="200" height="100" fill="#e00000"/>`,
    ],
  ])('does not show the rectangle of a slot, however it is written: %s', async (_, inner) => {
    expect(await shown(post(inner))).toBe('fff'.replace(/f/g, '10'));
    const result = await prepare(post(inner));
    const composed = result.ok
      ? await composeSocial(result.prepared, { ...(await logoValues()), texts: {} })
      : { ok: false };
    expect(composed.ok).toBe(true);
  });

  it('is drawn with whatever an editor writes around it', async () => {
    const around = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<!-- Müller & Söhne -->\n${post('<rect x="100" y="100" width="200" height="100" fill="#1050a0"/>')}\n<!-- x -->\n`;
    expect(await shown(`\uFEFF${around}`)).toBe('15a');
  });

  it('shows copy of the catalogue as text, whatever it looks like', async () => {
    const source = post('<text x="100" y="150">{{t "copy"}}</text>');
    const result = await prepareSocial({
      file: 'social/a.svg',
      svg: source,
      ...SIZE,
      catalogueFile: 'locales/en.yaml',
      images: {},
      texts: { copy: '</text><script/>&lt;b&gt;&x;<![CDATA[' },
    });
    expect(result.ok).toBe(true);
  });
});
