import { createRequire } from 'node:module';
import fc from 'fast-check';
import { compileTemplate } from './compile.js';
import { anEmail } from './email.fixture.js';
import { loadedUrls } from './loaded-urls.js';

const IMAGES = ['images/logo.png', 'images/hero.jpg'];
/** An e-mail with these components in a column of its own, on line 2. */
const withColumn = (inner: string, wrapper = (content: string) => content) => {
  const { source } = anEmail();
  const section = wrapper(`<mj-section><mj-column>\n${inner}\n</mj-column></mj-section>`);
  return anEmail({ source: source.replace('<mj-body>', `<mj-body>${section}`), images: IMAGES });
};
/** `code line` of each error. The inner markup is on line 7. */
async function errorsOf(input: ReturnType<typeof anEmail>): Promise<string[]> {
  const compiled = await compileTemplate(input);
  return compiled.ok
    ? []
    : compiled.problems.filter(({ severity }) => severity === 'error').map(({ code, line }) => `${code} ${line}`);
}

describe('what an e-mail loads', () => {
  it.each([
    [
      '<mj-social><mj-social-element name="youtube" href="{{links.demo}}">YouTube</mj-social-element></mj-social>',
      ['picture-default 7'],
    ],
    [
      '<mj-social>\n<mj-social-element name="github">A</mj-social-element>\n<mj-social-element name="youtube">B</mj-social-element></mj-social>',
      ['picture-default 8', 'picture-default 9'],
    ],
    [
      '<mj-accordion><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text>So.</mj-accordion-text></mj-accordion-element></mj-accordion>',
      ['picture-default 7', 'picture-default 7'],
    ],
    [
      '<mj-carousel><mj-carousel-image src="images/hero.jpg" alt="" /></mj-carousel>',
      ['picture-default 7', 'picture-default 7'],
    ],
    [
      '<mj-carousel left-icon="images/logo.png" right-icon="https://tracker.example/l.png"><mj-carousel-image src="images/hero.jpg" alt="" /></mj-carousel>',
      ['picture-foreign 7'],
    ],
    [
      '<mj-carousel left-icon="images/logo.png" right-icon="images/logo.png"><mj-carousel-image src="images/hero.jpg" thumbnails-src="https://tracker.example/t.png" alt="" /></mj-carousel>',
      ['picture-foreign 7'],
    ],
    [
      '<mj-text><img src="images/hero.jpg" srcset="images/hero.jpg 1x, https://tracker.example/2.png 2x" alt="" /></mj-text>',
      ['picture-foreign 7'],
    ],
    ['<mj-text font-family="Arial;background:url(https://tracker.example/f.png)">A</mj-text>', ['picture-default 7']],
    [
      '<mj-text background-color="red"><td background="https://tracker.example/b.png">A</td></mj-text>',
      ['attribute-refused 7', 'picture-foreign 7'],
    ],
  ])('is refused at its own tag if it is on another server: %s', async (inner, expected) => {
    expect(await errorsOf(withColumn(inner))).toEqual(expected);
  });

  it.each([
    '<mj-social><mj-social-element name="youtube" src="images/logo.png" href="{{links.demo}}">YouTube</mj-social-element></mj-social>',
    '<mj-social><mj-social-element name="facebook-noshare" src="images/logo.png" href="{{links.demo}}">Facebook</mj-social-element></mj-social>',
    '<mj-accordion icon-wrapped-url="images/logo.png" icon-unwrapped-url="images/hero.jpg"><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text>So.</mj-accordion-text></mj-accordion-element></mj-accordion>',
    '<mj-carousel left-icon="images/logo.png" right-icon="images/logo.png"><mj-carousel-image src="images/hero.jpg" thumbnails-src="images/logo.png" alt="" /></mj-carousel>',
    '<mj-text><img src="images/hero.jpg" srcset="images/hero.jpg 1x, images/logo.png 2x" alt="" /></mj-text>',
  ])('may be a picture of the package: %s', async (inner) => {
    expect(await errorsOf(withColumn(inner))).toEqual([]);
  });

  it('says at the tag how a link to a network is written', async () => {
    const button = '<mj-button href="{{links.demo}}">See it</mj-button>\n';
    const facebook =
      '<mj-social><mj-social-element name="facebook" src="images/logo.png" href="{{links.demo}}">Facebook</mj-social-element></mj-social>';
    const compiled = await compileTemplate(withColumn(button + facebook));
    expect(compiled.ok ? [] : compiled.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'share-address', line: 8, remedy: expect.stringContaining('name="facebook-noshare"') },
    ]);
  });

  it.each([
    ['<img src="a.png" srcset="b.png 1x, c.png 2x">', ['a.png', 'b.png', 'c.png']],
    ['<td background="a.png" style="background:url(b.png)">', ['a.png', 'b.png']],
    [
      '<style>@import "a.css"; @font-face{src:url("b.woff")} p{background:url( c.png )}</style>',
      ['a.css', 'b.woff', 'c.png'],
    ],
    ['<!--[if mso]><v:fill src="a.png" /><![endif]-->', ['a.png']],
    ['<!--[if !mso]><!--><link rel="stylesheet" href="a.css"><!--<![endif]-->', ['a.css']],
    ['<video poster="a.png"><source src="b.mp4"></video>', ['a.png', 'b.mp4']],
    ['<a href="https://www.example.com">A</a><map><area href="b"></map><img src="">', []],
    ['<svg><image xlink:href="a.png"/><use href="#b"/></svg>', ['a.png']],
  ])('is found in %s', (html, expected) => {
    const urls = loadedUrls(`<table><tr>${html}</tr></table>`).concat(loadedUrls(html));
    expect([...new Set(urls.map(({ url }) => url))].sort()).toEqual(expected);
  });
});

describe('the same source', () => {
  const presetCore = createRequire(import.meta.url)('mjml-preset-core') as { components: { componentName: string }[] };
  const PARTS = [
    '<mj-text>Hello</mj-text>',
    '<mj-image src="images/hero.jpg" alt="" />',
    '<mj-button href="{{links.demo}}">Go</mj-button>',
    '<mj-divider />',
    '<mj-spacer height="10px" />',
    '<mj-table><tr><td>1</td></tr></mj-table>',
    '<mj-navbar hamburger="hamburger"><mj-navbar-link href="{{links.demo}}">A</mj-navbar-link></mj-navbar>',
    '<mj-social><mj-social-element src="images/logo.png">A</mj-social-element></mj-social>',
    '<mj-accordion icon-wrapped-url="images/logo.png" icon-unwrapped-url="images/logo.png"><mj-accordion-element><mj-accordion-title>A</mj-accordion-title><mj-accordion-text>B</mj-accordion-text></mj-accordion-element></mj-accordion>',
    '<mj-carousel left-icon="images/logo.png" right-icon="images/logo.png"><mj-carousel-image src="images/hero.jpg" alt="" /><mj-carousel-image src="images/logo.png" alt="" /></mj-carousel>',
    '<mj-raw><p>Raw</p></mj-raw>',
  ];

  it('gives the same bytes, whatever its components', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(PARTS, { minLength: 1 }), async (parts) => {
        const input = withColumn([...parts, ...parts].join('\n'));
        const [one, two] = [await compileTemplate(input), await compileTemplate(input)];
        expect(one.ok && two.ok).toBe(true);
        expect(JSON.stringify(one)).toBe(JSON.stringify(two));
      }),
      { numRuns: 12 },
    );
  });

  it('is tried with every component of a column that MJML has', () => {
    const tried = PARTS.join(' ');
    const inColumns = presetCore.components
      .map(({ componentName }) => componentName)
      .filter((name) =>
        /^mj-(?:text|image|button|divider|spacer|table|navbar|social|accordion|carousel|raw)/.test(name),
      );
    const missing = inColumns.filter((name) => !tried.includes(`<${name}`));
    expect(missing).toEqual([]);
  });

  it('gives ids that differ within an e-mail', async () => {
    const navbar = PARTS[6] ?? '';
    const compiled = await compileTemplate(withColumn(navbar + navbar));
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    const html = JSON.stringify(compiled.master.html);
    expect([...html.matchAll(/for=\\"(menu-\d+)\\"/g)].map(([, id]) => id)).toEqual(['menu-1', 'menu-2']);
  });
});

describe('a colour', () => {
  it.each(['lightgrey', 'rgb(211,211,211)', 'rgb(211 211 211)', '#d3d3d3', 'hsl(0, 0%, 83%)', 'LightGray'])(
    'is read as %s',
    async (background) => {
      const compiled = await compileTemplate(
        withColumn(`<mj-text><p style="background-color: ${background}; color: white">Unsubscribe here</p></mj-text>`),
      );
      const problems = compiled.ok ? compiled.warnings : compiled.problems;
      expect(problems.map(({ code }) => code)).toContain('contrast-low');
    },
  );
});
