import { SVG_NAMES } from './bomb.js';

/** What an SVG can contain, by layer: `size` is the number that grows. */
export interface DrawingLayer {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly inner: (size: number) => string;
}

const RECT = '<rect width="300" height="80" fill="#0b5cad"/>';
const nested = (size: number, level: (at: number) => string): string =>
  Array.from({ length: size }, (_, at) => level(at)).join('');
const uses = (size: number, attribute: string): string =>
  `<defs><g id="l0"><rect width="1" height="1"/></g>${nested(
    size,
    (at) => `<g id="l${at + 1}">${`<use ${attribute}="#l${at}"/>`.repeat(10)}</g>`,
  )}</defs><use ${attribute}="#l${size}"/>`;
const filtered = (primitive: string, size: number): string =>
  `<filter id="f" x="-9" y="-9" width="20" height="20">${primitive.repeat(size)}</filter><g filter="url(#f)">${RECT}</g>`;
const paints = (size: number, element: (at: number, before: string) => string, last: string): string =>
  `<defs>${nested(size, (at) => element(at, at === 0 ? '' : `url(#p${at - 1})`))}</defs>${last.replaceAll('$', `url(#p${size - 1})`)}`;

export const DRAWING_LAYERS: readonly DrawingLayer[] = [
  { name: 'nested <use>', sizes: [6, 9, 12, 14], inner: (size) => uses(size, 'href') },
  { name: 'nested <use> by xlink', sizes: [6, 9, 14], inner: (size) => uses(size, 'xlink:href') },
  {
    name: 'blur',
    sizes: [50, 400],
    inner: (size) => filtered('<feGaussianBlur stdDeviation="900"/>', size),
  },
  {
    name: 'turbulence',
    sizes: [5, 50, 200],
    inner: (size) => filtered('<feTurbulence baseFrequency="0.9" numOctaves="200"/>', size),
  },
  {
    name: 'morphology',
    sizes: [2, 20],
    inner: (size) => filtered('<feMorphology operator="dilate" radius="400"/>', size),
  },
  {
    name: 'convolution',
    sizes: [5, 50],
    inner: (size) => filtered(`<feConvolveMatrix order="15" kernelMatrix="${'1 '.repeat(225)}"/>`, size),
  },
  {
    name: 'lighting',
    sizes: [10, 100],
    inner: (size) =>
      filtered('<feDiffuseLighting surfaceScale="9"><fePointLight x="1" y="1" z="1"/></feDiffuseLighting>', size),
  },
  {
    name: 'patterns in patterns',
    sizes: [3, 9],
    inner: (size) =>
      paints(
        size,
        (at, before) =>
          `<pattern id="p${at}" width="1" height="1" patternUnits="userSpaceOnUse"><rect width="300" height="80" fill="${before || 'red'}"/></pattern>`,
        '<rect width="300" height="80" fill="$"/>',
      ),
  },
  {
    name: 'masks in masks',
    sizes: [10, 60],
    inner: (size) =>
      paints(
        size,
        (at, before) => `<mask id="p${at}"><g${before === '' ? '' : ` mask="${before}"`}>${RECT.repeat(3)}</g></mask>`,
        '<g mask="$"><rect width="300" height="80"/></g>',
      ),
  },
  {
    name: 'clips in clips',
    sizes: [10, 100],
    inner: (size) =>
      paints(
        size,
        (at, before) => `<clipPath id="p${at}"${before === '' ? '' : ` clip-path="${before}"`}>${RECT}</clipPath>`,
        '<g clip-path="$"><rect width="300" height="80"/></g>',
      ),
  },
  { name: 'groups in groups', sizes: [5_000, 60_000], inner: (size) => `${'<g>'.repeat(size)}${'</g>'.repeat(size)}` },
  {
    name: 'transparent groups',
    sizes: [500, 3_000],
    inner: (size) => `${'<g opacity=".9">'.repeat(size)}${RECT}${'</g>'.repeat(size)}`,
  },
  {
    name: 'a long path',
    sizes: [5_000, 60_000],
    inner: (size) => `<path d="M0 0${'L9 9'.repeat(size)}" stroke="#e11"/>`,
  },
  {
    name: 'tiny dashes',
    sizes: [1, 100],
    inner: (size) => '<path d="M0 0L999999 9" stroke="#e11" stroke-dasharray="0.00001"/>'.repeat(size),
  },
  { name: 'many texts', sizes: [500, 8_000], inner: (size) => '<text font-size="900">WWWWWWWW</text>'.repeat(size) },
  {
    name: 'style rules',
    sizes: [100, 8_000],
    inner: (size) => `<style>${nested(size, (at) => `g:not(.a${at}) rect{fill:red}`)}</style>${RECT.repeat(500)}`,
  },
  { name: 'attributes', sizes: [1_000, 30_000], inner: (size) => `<rect ${nested(size, (at) => `a${at}="1" `)}/>` },
  { name: 'comments', sizes: [100, 60_000], inner: (size) => `${'<!---->'.repeat(size)}${RECT}` },
  { name: 'unclosed comments', sizes: [100, 60_000], inner: (size) => '<!--'.repeat(size) },
  {
    name: 'gradient stops',
    sizes: [100, 10_000],
    inner: (size) =>
      `<linearGradient id="a">${'<stop offset=".5"/>'.repeat(size)}</linearGradient><rect fill="url(#a)" width="300" height="80"/>`,
  },
  {
    name: 'markers',
    sizes: [100, 9_000],
    inner: (size) =>
      `<marker id="m">${RECT.repeat(50)}</marker><path marker-mid="url(#m)" d="M0 0${'L9 9'.repeat(size)}"/>`,
  },
];

/** Whole SVG files that are bombs before they are drawn. */
export const DRAWING_FILES: readonly { readonly name: string; readonly text: string }[] = [
  ...[
    ['width', '1000000'],
    ['width', '1e30'],
    ['width', '-5'],
    ['viewBox', '0 0 1e-30 1e-30'],
    ['viewBox', '0 0 NaN NaN'],
  ].map(([name, value]) => ({
    name: `svg: ${name} of ${value}`,
    text: `<svg ${SVG_NAMES} height="80" ${name}="${value}">${RECT}</svg>`,
  })),
  ...[
    [
      'laughs',
      `<!DOCTYPE svg [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]>`,
    ],
    ['one long entity', `<!DOCTYPE svg [<!ENTITY c "${'x'.repeat(100_000)}">]>`],
    ['a file', '<!DOCTYPE svg [<!ENTITY c SYSTEM "file:///dev/zero">]>'],
    ['a parameter', '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>'],
    [
      'many declarations',
      `<!DOCTYPE svg [${Array.from({ length: 8_000 }, (_, at) => `<!ENTITY e${at} "x">`).join('')}]>`,
    ],
  ].map(([name, before]) => ({
    name: `svg: entities: ${name}`,
    text: `${before}<svg ${SVG_NAMES} width="9" height="9"><text>${'&c;'.repeat(1_000)}</text></svg>`,
  })),
];
