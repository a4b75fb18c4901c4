import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { ingestLogo } from './index.js';
import type { IngestedLogo } from './logo.js';

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
/** A blue disc and an orange bar, 300 × 100 units. */
const MARK =
  '<circle cx="60" cy="50" r="40" fill="#0b5cad"/><rect x="120" y="30" width="160" height="40" fill="#d94f00"/>';
const svg = (inner = MARK, size = 'width="300" height="100"'): string => `<svg ${NS} ${size}>${inner}</svg>`;

async function read(file: string | Buffer): Promise<IngestedLogo> {
  const result = await ingestLogo(Buffer.from(file));
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  return result.logo;
}
const refusal = async (file: string | Buffer): Promise<string> => {
  const result = await ingestLogo(Buffer.from(file));
  return result.ok ? 'ok' : `${result.problem.code}: ${result.problem.message}`;
};
/** Red, green and blue at a share of width and height. */
async function colourAt(png: Buffer, x: number, y: number): Promise<string> {
  const { width, height } = await sharp(png).metadata();
  const { data } = await sharp(png)
    .ensureAlpha()
    .extract({ left: Math.floor(x * width), top: Math.floor(y * height), width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (data[3] ?? 0) < 128 ? 'transparent' : data.toString('hex', 0, 3);
}
const codes = ({ problems }: IngestedLogo): string[] => problems.map(({ code }) => code);

describe('an SVG logo is drawn as a browser shows it', () => {
  const box = 'viewBox="0 0 300 100"';
  it.each([
    ['mm', svg(MARK, `width="300mm" height="100mm" ${box}`)],
    ['cm', svg(MARK, `width="8cm" height="2.6667cm" ${box}`)],
    ['in', svg(MARK, `width="3in" height="1in" ${box}`)],
    ['pt', svg(MARK, `width="300pt" height="100pt" ${box}`)],
    ['pc', svg(MARK, `width="30pc" height="10pc" ${box}`)],
    ['em', svg(MARK, `width="30em" height="10em" ${box}`)],
    ['per cent', svg(MARK, `width="100%" height="100%" ${box}`)],
    ['no size', svg(MARK, box)],
    ['only a width', svg(MARK, `width="20mm" ${box}`)],
    ['no size and no viewBox', svg(MARK, '')],
    ['a tiny viewBox', svg(`<g transform="scale(.01)">${MARK}</g>`, 'viewBox="0 0 3 1"')],
    ['a huge viewBox', svg(`<g transform="scale(1000)">${MARK}</g>`, 'viewBox="0 0 300000 100000"')],
    [
      'a sheet of paper',
      svg(
        `<g transform="translate(90 130) scale(.1)">${MARK}</g>`,
        'width="210mm" height="297mm" viewBox="0 0 210 297"',
      ),
    ],
    ['a style with its width', svg(MARK, `style="width:100%;height:auto" ${box}`)],
    [
      'inner lengths in mm',
      svg(
        '<circle cx="60mm" cy="50mm" r="40mm" fill="#0b5cad"/><rect x="120mm" y="30mm" width="160mm" height="40mm" style="fill:#d94f00"/>',
        'width="300mm" height="100mm"',
      ),
    ],
    [
      'prefixes',
      svg()
        .replace(/<(\/?)(svg|circle|rect)/g, '<$1svg:$2')
        .replace('xmlns=', 'xmlns:svg='),
    ],
    ['UTF-16', Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${svg()}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\uFEFF${svg()}`, 'utf16le').swap16()],
    ['another encoding', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><!-- Größe -->${svg()}`, 'latin1')],
    ['gzip', gzipSync(svg())],
    ['a style sheet beside it', `<?xml version="1.0"?><?xml-stylesheet href="brand.css"?>${svg()}`],
    ['a long comment', `<!-- ${'x'.repeat(9000)} -->${svg()}`],
    ['a description of handlers', svg(`<desc>the onload = "x" event handler, url(https://a.example)</desc>${MARK}`)],
    [
      'data of a drawing program',
      svg(`<sodipodi:namedview xmlns:sodipodi="http://s.example/" inkscape:x="url(http://a.example)"/>${MARK}`),
    ],
    ['a link', svg(`<a href="https://www.example.com">${MARK}</a>`)],
    [
      'a custom property',
      svg(
        `<style>:root{--brand:#0b5cad}@media (prefers-color-scheme:dark){:root{--brand:#fff}}</style>${MARK.replace('"#0b5cad"', '"var(--brand)"')}`,
      ),
    ],
    ['a fallback of a custom property', svg(MARK.replace('fill="#d94f00"', 'style="fill:var(--accent, #d94f00)"'))],
    [
      'a rule for screens',
      svg(`<style>@media screen{.a{fill:#0b5cad}}</style>${MARK.replace('fill="#0b5cad"', 'class="a"')}`),
    ],
    [
      'data for Illustrator',
      svg(`<switch><foreignObject requiredExtensions="x" width="1" height="1"/><g>${MARK}</g></switch>`),
    ],
    [
      'movement',
      svg(
        MARK.replace('r="40" fill="#0b5cad"/>', 'r="40" fill="#0b5cad"><animate attributeName="r" to="3"/></circle>'),
      ),
    ],
  ])('with %s', async (_, file) => {
    const { variants, width, height } = await read(file);
    expect(width).toBeGreaterThanOrEqual(600);
    expect(Math.abs(width / height - 260 / 80)).toBeLessThan(0.06);
    expect(await colourAt(variants.light, 0.15, 0.5)).toBe('0b5cad');
    expect(await colourAt(variants.light, 0.7, 0.5)).toBe('d94f00');
    expect(await colourAt(variants.light, 0.7, 0.05)).toBe('transparent');
  });

  it.each(['url(#a)', 'url(&quot;#a&quot;)', "url( '#a' )", 'url( #a )'])('with %s', async (fill) => {
    const { variants } = await read(
      svg(
        `<linearGradient id="a"><stop stop-color="#0b5cad"/></linearGradient><rect width="150" height="100" fill="${fill}"/>`,
      ),
    );
    expect(await colourAt(variants.light, 0.5, 0.5)).toBe('0b5cad');
  });

  it.each([
    ['line breaks', (base64: string) => base64.replace(/.{60}/g, '$&&#10;')],
    ['escapes', (base64: string) => encodeURIComponent(base64)],
    ['spaces', (base64: string) => base64.replace(/.{60}/g, '$&\n   ')],
  ])('with a picture whose data has %s', async (_, written) => {
    const png = await sharp(Buffer.from(svg())).png().toBuffer();
    const image = `<image width="300" height="100" xlink:href="data:image/png;charset=utf-8;base64,${written(png.toString('base64'))}"/>`;
    expect(await colourAt((await read(svg(image))).variants.light, 0.15, 0.5)).toBe('0b5cad');
  });
});

describe('an SVG logo is refused with its reason and line', () => {
  it.each([
    [`${MARK}\n<script>x()</script>`, /^logo-svg-active: .*a script on line 2: <script>/],
    [`${MARK}\n<g onload="x()"/>`, /^logo-svg-active: .*an event handler on line 2: onload/],
    [
      `${MARK}\n\n<image href="https://a.example/x.png"/>`,
      /^logo-svg-active: .*outside the file on line 3: https:\/\/a\.example\/x\.png/,
    ],
    [`<style>\n@import "x.css";</style>${MARK}`, /^logo-svg-active: .*outside the file on line 2: @import/],
    [
      `${MARK}\n<rect fill="url(https://a.example/#b)"/>`,
      /outside the file on line 2: url\(https:\/\/a\.example\/#b\)/,
    ],
    [`${MARK}\n<g><rect></g>`, /^logo-svg-syntax: .*line 2/],
    [`${MARK}\n<image href="data:image/png;base64,AAAA"/>`, /^logo-svg-picture: The picture in <image> on line 2 /],
    [
      `${MARK}<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>`,
      /embedded content on line 1: <foreignObject>/,
    ],
  ])('%#', async (inner, expected) => {
    expect(await refusal(svg(inner))).toMatch(expected);
  });

  it('when it has no size', async () => {
    expect(await refusal(svg(MARK, 'width="0" height="100"'))).toMatch(
      /^logo-svg-size: The <svg> on line 1 has a width/,
    );
  });

  it('when it is white, black or transparent all over', async () => {
    const plain = (background: string) => sharp({ create: { width: 300, height: 100, channels: 4, background } });
    for (const file of [
      await plain('#ffffff').jpeg().toBuffer(),
      await plain('#00000000').png().toBuffer(),
      svg('<g/>'),
    ])
      expect(await refusal(file)).toMatch(/^logo-blank: /);
  });
});

describe('a logo on a surface', () => {
  const NAME =
    '<rect x="110" y="44" width="50" height="12" fill="#fff"/><rect x="170" y="44" width="50" height="12" fill="#fff"/>';

  it('has a dark name on white, beside a sign in its colour, and white on dark', async () => {
    const logo = await read(svg(`<circle cx="50" cy="50" r="40" fill="#0b5cad"/>${NAME}`, 'width="600" height="100"'));
    expect(await colourAt(logo.variants.light, 0.19, 0.5)).toBe('0b5cad');
    expect(await colourAt(logo.variants.light, 0.7, 0.5)).toMatch(/^([0-3].)\1\1$/);
    expect(await colourAt(logo.variants.dark, 0.19, 0.5)).toBe('0b5cad');
    expect(await colourAt(logo.variants.dark, 0.7, 0.5)).toBe('ffffff');
    expect(await colourAt(logo.original, 0.7, 0.5)).toBe('ffffff');
    expect(codes(logo)).toContain('logo-faint-on-light');
  });

  it('keeps a white letter within a pale sign', async () => {
    const sign =
      '<linearGradient id="g"><stop stop-color="#f97316"/><stop offset="1" stop-color="#fde047"/></linearGradient><circle cx="50" cy="50" r="45" fill="url(#g)"/><path d="M35 25v50M65 25v50M35 50h30" stroke="#fff" stroke-width="8"/><rect x="120" y="40" width="150" height="20" fill="#333"/>';
    const logo = await read(svg(sign));
    expect(await colourAt(logo.variants.light, 0.13, 0.5)).toBe('ffffff');
    expect(await colourAt(logo.variants.light, 0.04, 0.5)).toMatch(/^f/);
    expect(logo.variants.light.equals(logo.original)).toBe(true);
    // On dark, only the name is too dark.
    expect(await colourAt(logo.variants.dark, 0.13, 0.5)).toBe('ffffff');
    expect(await colourAt(logo.variants.dark, 0.04, 0.5)).toMatch(/^f/);
    expect(await colourAt(logo.variants.dark, 0.8, 0.5)).toMatch(/^[c-f]/);
  });

  it('tells a text whose font or letters are not there', async () => {
    const text = (attributes: string, letters = 'Northlight') =>
      svg(`<text x="10" y="60" font-size="40" ${attributes}>${letters}</text>`);
    const { problems } = await read(text(`font-family="Futura, 'Brandon Grotesque'"`));
    expect(problems[0]).toMatchObject({
      code: 'logo-font-missing',
      named: { text: 'Northlight', font: 'Futura', line: 1 },
    });
    expect(
      codes(await read(`<svg ${NS}><style>.n{font:700 40px "Gill Sans"}</style><text class="n" y="50">N</text></svg>`)),
    ).toContain('logo-font-missing');
    expect(codes(await read(text('font-family="sans-serif"')))).not.toContain('logo-font-missing');
    expect(codes(await read(text('', '北光')))).toContain('logo-letters-missing');
  });

  it('tells a custom property without a value', async () => {
    expect(codes(await read(svg(`${MARK}<rect width="9" height="9" fill="var(--nowhere)"/>`)))).toContain(
      'logo-variable-missing',
    );
  });
});
