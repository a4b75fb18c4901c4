import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { composeSocial, fitLogo, ingestLogo, plateLogo, prepareSocial } from './index.js';

const svgLogo = (
  inner = '<rect width="300" height="80" rx="12" fill="#0b5cad"/><circle cx="40" cy="40" r="24" fill="#fff"/>',
): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="80">${inner}</svg>`,
  );
/** The CPU limit is 3 s. On a busy machine that takes longer in wall time. */
const PATIENCE_MS = 30_000;
const problemOf = async (bytes: Buffer): Promise<string> => {
  const result = await ingestLogo(bytes);
  return result.ok ? 'ok' : result.problem.code;
};

describe('a logo', () => {
  it('comes in as SVG, PNG, JPEG or WebP with variants and colours', async () => {
    const picture = sharp(svgLogo());
    for (const bytes of [
      svgLogo(),
      await picture.png().toBuffer(),
      await picture.jpeg().toBuffer(),
      await picture.webp().toBuffer(),
    ]) {
      const result = await ingestLogo(bytes);
      if (!result.ok) throw new Error(result.problem.code);
      expect(result.logo.palette[0]).toMatch(/^#[01]{2}[56]{2}[ab]{2}$/);
      expect((await sharp(result.logo.variants.dark).metadata()).format).toBe('png');
    }
  });

  it('comes in as an old Illustrator writes it, with namespaces as entities', async () => {
    const inner = '<rect width="300" height="80" fill="#0b5cad"/>';
    const svg = `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 10.0 -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd" [
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
]>
<svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" width="300" height="80">${inner}</svg>`;
    expect(await problemOf(Buffer.from(svg))).toBe('ok');
  });

  it('gets a white variant for dark surfaces when its ink is dark', async () => {
    const result = await ingestLogo(svgLogo('<circle cx="40" cy="40" r="30" fill="#111827"/>'));
    if (!result.ok) throw new Error(result.problem.code);
    const { dominant } = await sharp(result.logo.variants.dark).flatten({ background: '#000' }).stats();
    expect(dominant.r).toBeGreaterThan(200);
    expect(result.logo.problems.map(({ code }) => code)).toContain('logo-faint-on-dark');
  });

  it.each([
    ['a renamed text file', Buffer.from('I am no picture')],
    ['an empty file', Buffer.alloc(0)],
  ])('is refused when it is %s', async (_, bytes) => {
    expect(await problemOf(bytes)).toMatch(/logo-(type|empty)/);
  });

  it.each([
    '<script>alert(1)</script>',
    '<rect width="1" height="1" onload="x()"/>',
    '<image href="https://evil.example/x.png"/>',
    '<image href="file:///etc/passwd"/>',
    '<foreignObject/>',
    '<style>@import url(https://x.example/y.css)</style>',
  ])('is refused when it contains %s', async (inner) => {
    expect(await problemOf(svgLogo(inner))).toBe('logo-svg-active');
  });

  it.each([
    [
      'entities within entities',
      `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${svgLogo('<text>&b;</text>').toString()}`,
      /svg-active/,
    ],
    ['an SVG within an SVG', svgLogo('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>').toString(), /svg-active/],
    [
      'a style from elsewhere',
      svgLogo('<rect style="fill:url(https://evil.example/x)" width="9" height="9"/>').toString(),
      /svg-active/,
    ],
    [
      'a million pixels a side',
      '<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"><rect width="9" height="9" fill="#e11"/></svg>',
      /svg-too-heavy|blank/,
    ],
    ['more text than any logo', svgLogo(`<text>${'x'.repeat(600_000)}</text>`).toString(), /svg-too-large/],
    [
      'filters on filters',
      svgLogo(
        `<filter id="f">${'<feGaussianBlur stdDeviation="500"/>'.repeat(400)}</filter><rect width="300" height="80" fill="#e11" filter="url(#f)"/>`,
      ).toString(),
      /svg-too-heavy|blank|ok/,
    ],
  ])('is refused, or drawn within seconds, when it is an SVG with %s', async (_, svg, expected) => {
    const startedAt = Date.now();
    expect(await problemOf(Buffer.from(svg))).toMatch(expected);
    expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
  });

  it('is refused when it unpacks to more than it may', async () => {
    expect(await problemOf(gzipSync(svgLogo(`<desc>${' '.repeat(5_000_000)}</desc>`)))).toBe('logo-svg-too-large');
  });

  it.each([
    [
      'a header that promises more pixels than there are',
      (png: Buffer) => {
        const bomb = Buffer.from(png);
        bomb.writeUInt32BE(11_000, 16);
        bomb.writeUInt32BE(4_000, 20);
        return bomb;
      },
      /logo-(?:broken|too-many-pixels)/,
    ],
    ['half of its bytes', (png: Buffer) => png.subarray(0, png.length / 2), /logo-broken/],
    [
      'another type behind a PNG’s first bytes',
      (png: Buffer) => Buffer.concat([png.subarray(0, 8), Buffer.from('%PDF-1.7')]),
      /logo-(?:broken|type)/,
    ],
  ])('is refused when it is a PNG with %s', async (_, change, expected) => {
    expect(await problemOf(change(await sharp(svgLogo()).png().toBuffer()))).toMatch(expected);
  });

  it('is refused when it is 30,000 pixels wide', async () => {
    const wide = await sharp({ create: { width: 30_000, height: 10, channels: 3, background: '#0b5cad' } })
      .png()
      .toBuffer();
    expect(await problemOf(wide)).toBe('logo-too-many-pixels');
  });

  it('is refused, and its process ended, when it nests <use> without end', async () => {
    const levels = Array.from(
      { length: 14 },
      (_, level) => `<g id="l${level + 1}">${`<use xlink:href="#l${level}"/>`.repeat(10)}</g>`,
    ).join('');
    const startedAt = Date.now();
    expect(
      await problemOf(
        svgLogo(`<defs><g id="l0"><rect width="1" height="1"/></g>${levels}</defs><use xlink:href="#l14"/>`),
      ),
    ).toMatch(/logo-(svg-too-heavy|blank)/);
    expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
  });

  it.each([
    [180, 60],
    [60, 180],
    [100, 100],
  ])('of any shape fits a box of %i × %i exactly', async (width, height) => {
    for (const shape of ['<rect width="300" height="20" fill="#e11"/>', '<rect width="20" height="80" fill="#e11"/>']) {
      const result = await ingestLogo(svgLogo(shape));
      if (!result.ok) throw new Error(result.problem.code);
      const fitted = await sharp(await fitLogo(result.logo.variants.light, { width, height })).metadata();
      expect([fitted.width, fitted.height]).toEqual([width * 2, height * 2]);
    }
  });
});

describe('a logo in a box of another shape', () => {
  it.each([
    ['left', [true, false, false]],
    ['center', [false, true, false]],
    ['right', [false, false, true]],
  ] as const)('stands where its author aligned it: %s', async (align, inked) => {
    const result = await ingestLogo(svgLogo('<rect x="140" width="20" height="80" fill="#e11"/>'));
    if (!result.ok) throw new Error(result.problem.code);
    const fitted = await fitLogo(result.logo.variants.light, { width: 180, height: 60, align });
    const columns = [4, 180, 355].map(async (left) => {
      const { channels } = await sharp(
        await sharp(fitted).extract({ left, top: 60, width: 1, height: 1 }).png().toBuffer(),
      ).stats();
      return channels[3]?.mean === 255;
    });
    expect(await Promise.all(columns)).toEqual(inked);
  });
});

describe('a social picture', () => {
  const source = (svg: string) => ({
    file: 'social/a.svg',
    svg,
    width: 1200,
    height: 627,
    texts: { hello: 'Hello & welcome' },
    catalogueFile: 'locales/en.yaml',
    images: {},
  });
  const SVG =
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="627"><rect width="1200" height="627" fill="#0b5cad"/><text x="60" y="560" font-size="40" fill="#fff">{{t "hello"}}</text>\n<rect id="tc:logo" x="60" y="40" width="300" height="100" data-surface="dark"/><rect id="tc:text:headline" x="60" y="200" width="700" height="200" data-max="60" data-size="64" data-color="#ffffff" data-weight="bold"/></svg>';
  const logo = async () => {
    const result = await ingestLogo(
      svgLogo('<circle cx="40" cy="40" r="30" fill="#ffffff"/><circle cx="120" cy="40" r="30" fill="#ffcc00"/>'),
    );
    if (!result.ok) throw new Error(result.problem.code);
    return result.logo.variants;
  };

  it('shows logo and text in their places and leaves everything else as it was', async () => {
    const prepared = await prepareSocial(source(SVG));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    expect(prepared.slots).toEqual([{ name: 'headline', maxChars: 60 }]);
    const one = await composeSocial(prepared.prepared, {
      logos: await logo(),
      texts: { headline: 'Zero trust <b>& more' },
    });
    const empty = await composeSocial(prepared.prepared, { logos: await logo(), texts: {} });
    if (!one.ok || !empty.ok) throw new Error('refused');
    const area = async (jpeg: Buffer, left: number, top: number, width: number, height: number) =>
      (await sharp(await sharp(jpeg).extract({ left, top, width, height }).png().toBuffer()).stats()).channels.map(
        ({ mean }) => Math.round(mean),
      );
    expect(await area(one.jpeg, 60, 200, 700, 200)).not.toEqual(await area(empty.jpeg, 60, 200, 700, 200));
    expect(await area(one.jpeg, 900, 200, 250, 200)).toEqual(await area(empty.jpeg, 900, 200, 250, 200));
  });

  const COPY =
    '<rect id="tc:copy:claim" x="60" y="420" width="500" height="160" data-size="40" data-min-size="30" data-color="#ffffff" data-text="{{t "hello"}}"/>';
  const withCopy = (attributes = '') => SVG.replace('</svg>', `${COPY.replace('/>', `${attributes}/>`)}</svg>`);

  it('shows texts of the vendor in their boxes, in lines, as pixels that each partner’s picture keeps', async () => {
    const texts = { hello: 'Three findings that a first walk through your network nearly always shows' };
    const plain = await prepareSocial({ ...source(SVG), texts });
    const prepared = await prepareSocial({ ...source(withCopy()), texts });
    if (!plain.ok || !prepared.ok) throw new Error('refused');
    expect(prepared.slots).toEqual(plain.slots);
    expect(prepared.usedKeys).toEqual(['hello', 'hello']);
    const jpegOf = async (picture: Buffer) => {
      const made = await composeSocial(picture, { logos: await logo(), texts: {} });
      if (!made.ok) throw new Error('refused');
      return made.jpeg;
    };
    const inkOf = async (jpeg: Buffer, top: number, height: number) =>
      (await sharp(await sharp(jpeg).extract({ left: 60, top, width: 500, height }).png().toBuffer()).stats())
        .channels[0]!.max;
    const [bare, written] = [await jpegOf(plain.prepared), await jpegOf(prepared.prepared)];
    expect(await inkOf(bare, 470, 40)).toBeLessThan(60);
    // The first line and the second.
    expect(await inkOf(written, 420, 40)).toBeGreaterThan(200);
    expect(await inkOf(written, 470, 40)).toBeGreaterThan(200);
  });

  it.each([
    ['does not fit', 'word '.repeat(60), '', 'copy-does-not-fit'],
    ['would take a gigabyte to draw', 'WWW '.repeat(400), '', 'copy-does-not-fit'],
    ['has a field', 'By {{partner.name}}', '', 'picture-field'],
    ['is longer than any', 'word '.repeat(500), '', 'text-too-long'],
    ['has letters without a font', '你好', '', 'text-character'],
    ['has a weight that is none', 'Hello', ' data-weight="heavy"', 'slot-attribute'],
  ])('refuses a text of the vendor that %s, at its box', async (_, hello, attributes, code) => {
    const prepared = await prepareSocial({ ...source(withCopy(attributes)), texts: { hello } });
    expect(
      prepared.ok ? [] : prepared.problems.map((problem) => [problem.code, problem.file, problem.line]),
    ).toContainEqual([code, 'social/a.svg', 2]);
  });

  it('refuses more boxes of the vendor than a picture can need', async () => {
    const many = Array.from({ length: 41 }, (_, at) => COPY.replace('claim', `claim-${at}`)).join('');
    const prepared = await prepareSocial(source(SVG.replace('</svg>', `${many}</svg>`)));
    expect(prepared.ok ? [] : prepared.problems.map(({ code }) => code)).toEqual(['svg-refused']);
  });

  it('refuses a box of the vendor without a text', async () => {
    const prepared = await prepareSocial(source(withCopy().replace(' data-text="{{t "hello"}}"', '')));
    expect(prepared.ok ? [] : prepared.problems.map(({ code }) => code)).toEqual(['slot-attribute']);
  });

  it('is the same for the same values', async () => {
    const prepared = await prepareSocial(source(SVG));
    if (!prepared.ok) throw new Error('refused');
    const values = { logos: await logo(), texts: { headline: 'Hi' } };
    const [one, two] = [await composeSocial(prepared.prepared, values), await composeSocial(prepared.prepared, values)];
    expect(one.ok && two.ok && one.jpeg.equals(two.jpeg)).toBe(true);
  });

  it('takes the other logo, or a white plate, where the one that was asked for would not be seen', async () => {
    const white = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#ffffff' } })
      .png()
      .toBuffer();
    const navy = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#0b2545' } })
      .png()
      .toBuffer();
    const corner = async (svg: string, logos: { light: Buffer; dark: Buffer }) => {
      const prepared = await prepareSocial(source(svg));
      if (!prepared.ok) throw new Error('refused');
      const composed = await composeSocial(prepared.prepared, { logos, texts: {} });
      if (!composed.ok) throw new Error('refused');
      const { data } = await sharp(composed.jpeg)
        .extract({ left: 70, top: 90, width: 1, height: 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data].map((value) => Math.round(value / 32));
    };
    const lightPicture = SVG.replace('#0b5cad', '#ffffff');
    expect(await corner(SVG, { light: navy, dark: white })).toEqual([8, 8, 8]);
    expect(await corner(lightPicture, { light: navy, dark: white })).toEqual([0, 1, 2]);
    expect(await corner(SVG.replace('#0b5cad', '#0b2545'), { light: navy, dark: navy })).not.toEqual([0, 1, 2]);
  });

  it('gives its pixels before they are encoded', async () => {
    const prepared = await prepareSocial(source(SVG));
    if (!prepared.ok) throw new Error('refused');
    const one = await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline: 'One' } });
    const two = await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline: 'Two' } });
    const again = await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline: 'One' } });
    if (!one.ok || !two.ok || !again.ok) throw new Error('refused');
    expect(one.pixels.data.equals(two.pixels.data)).toBe(false);
    expect(one.pixels.data.equals(again.pixels.data)).toBe(true);
  });

  it.each([
    ['does not fit at the least size', 'W'.repeat(60), 'text-does-not-fit'],
    ['has letters without a font', '你好', 'text-character'],
    ['turns the direction', 'a\u202Eb', 'text-invisible'],
    ['has half a character', 'a\uD800', 'text-invisible'],
  ])('refuses a text that %s, by name', async (_, headline, code) => {
    const prepared = await prepareSocial(source(SVG));
    if (!prepared.ok) throw new Error('refused');
    const result = await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline } });
    expect(result.ok ? [] : result.problems.map((problem) => [problem.code, problem.path])).toEqual([
      [code, 'slot.headline'],
    ]);
  });

  it.each(['<b>bold</b>', '<span size="999999">x</span>', '&lt;&amp;', '</span><span foreground="red">', '&#0;'])(
    'shows “%s” as text',
    async (headline) => {
      const prepared = await prepareSocial(source(SVG));
      if (!prepared.ok) throw new Error('refused');
      expect((await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline } })).ok).toBe(true);
    },
  );

  it('refuses a text that is too long, by name', async () => {
    const prepared = await prepareSocial(source(SVG));
    if (!prepared.ok) throw new Error('refused');
    const result = await composeSocial(prepared.prepared, { logos: await logo(), texts: { headline: 'x'.repeat(61) } });
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(['slot.headline']);
  });

  const NESTED = Array.from(
    { length: 14 },
    (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}"/>`.repeat(10)}</g>`,
  ).join('');
  it.each([
    ['nests <use> without end', `<g id="l0"><rect width="9" height="9"/></g>${NESTED}<use href="#l14"/>`],
    [
      'filters for minutes',
      `<filter id="f" x="-50%" y="-50%" width="200%" height="200%">${'<feGaussianBlur stdDeviation="300"/><feTurbulence baseFrequency="0.9" numOctaves="200"/>'.repeat(40)}</filter><rect width="1200" height="627" filter="url(#f)"/>`,
    ],
    [
      'patterns patterns',
      `${Array.from({ length: 9 }, (_, level) => `<pattern id="p${level}" width="1" height="1" patternUnits="userSpaceOnUse"><rect width="1200" height="627" fill="${level === 0 ? 'red' : `url(#p${level - 1})`}"/></pattern>`).join('')}<rect width="1200" height="627" fill="url(#p8)"/>`,
    ],
  ])('is refused or drawn within seconds, in a process of its own, when it %s', async (_, inner) => {
    const [startedAt, before] = [Date.now(), process.cpuUsage()];
    const prepared = await prepareSocial(source(SVG.replace('</svg>', `${inner}</svg>`)));
    if (!prepared.ok)
      expect(prepared.problems.map(({ code, line }) => [code, line])).toEqual([['social-too-heavy', 1]]);
    expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_500);
  });

  it.each([
    ['a script', SVG.replace('</svg>', '<script/></svg>'), 'svg-refused social/a.svg:2'],
    ['a missing text', SVG.replace('"hello"', '"helo"'), 'copy-missing social/a.svg:1'],
    ['no place for the logo', SVG.replace('id="tc:logo"', ''), 'logo-missing social/a.svg:1'],
    [
      'a foreign picture',
      SVG.replace('</svg>', '<image href="https://x.example/y.png"/></svg>'),
      'picture-missing social/a.svg:2',
    ],
    ['a slot outside', SVG.replace('x="60" y="200"', 'x="900" y="200"'), 'slot-outside social/a.svg:2'],
    [
      'a colour that is none',
      SVG.replace('data-color="#ffffff"', 'data-color="white"'),
      'slot-attribute social/a.svg:2',
    ],
    ['a slot twice', SVG.replace('id="tc:text:headline"', 'id="tc:logo"'), 'slot-twice social/a.svg:2'],
    ['a style that loads', SVG.replace('<rect', '<style>@import "x.css";</style><rect'), 'svg-refused social/a.svg:1'],
    ['broken XML', SVG.replace('</svg>', ''), 'svg-syntax social/a.svg:2'],
  ])('refuses a source with %s and says where', async (_, svg, expected) => {
    const prepared = await prepareSocial(source(svg));
    expect(prepared.ok ? [] : prepared.problems.map(({ code, file, line }) => `${code} ${file}:${line}`)).toContain(
      expected,
    );
  });
});

describe('a logo on a plate', () => {
  it.each([
    ['<rect width="300" height="20" fill="#e11"/>', [256, 32]],
    ['<rect width="20" height="80" fill="#e11"/>', [31, 76]],
  ])('is opaque, white around it, and as large as its shape: %s', async (shape, [width, height]) => {
    const result = await ingestLogo(svgLogo(shape));
    if (!result.ok) throw new Error(result.problem.code);
    const plated = await plateLogo(result.logo.variants.light, { width: 240, height: 60, border: 8 });
    const { data, info } = await sharp(plated.png).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: plated.width * 2, height: plated.height * 2, channels: 3 });
    expect([Math.round(plated.width), plated.height]).toEqual([width, height]);
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    const middle = (info.width * (info.height / 2) + info.width / 2) * 3;
    expect([...data.subarray(middle, middle + 3)]).toEqual([0xee, 0x11, 0x11]);
  });
});
