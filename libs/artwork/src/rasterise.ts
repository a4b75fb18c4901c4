import { gunzipSync } from 'node:zlib';
import { drawLogo } from './drawing.js';
import { embeddedPicture } from './embedded-picture.js';
import { refuse, type LogoRefusal } from './logo-refusal.js';
import { withoutDoctype } from './svg-entities.js';

const MAX_SVG_BYTES = 512 * 1024;

const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/<\s*script/i, 'a script'],
  [/\son\w+\s*=/i, 'an event handler'],
  [/<\s*(?:foreignObject|iframe|object|embed|audio|video|animate|set)\b/i, 'embedded content'],
  [/<!ENTITY/i, 'an entity declaration'],
  [
    /(?:href|src)\s*=\s*["']\s*(?!#|data:image\/(?:png|jpe?g|webp);base64,)[^"']/i,
    'a reference to something outside the file',
  ],
  [/url\(\s*["']?\s*(?!["']?#)/i, 'a reference to something outside the file'],
  [/@import/i, 'an import'],
];

/** Text of an SVG, gunzipped within limits. */
function readSvg(bytes: Buffer): string | LogoRefusal {
  const tooLarge = refuse(
    'logo-svg-too-large',
    'The SVG is larger than 512 KB.',
    'Save it without embedded pictures, or upload a PNG.',
  );
  if (bytes.length > MAX_SVG_BYTES) return tooLarge;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SVG_BYTES }).toString('utf8');
  } catch {
    return tooLarge;
  }
}

/**
 * An SVG as PNG. Refuses scripts, external files and what cannot be drawn.
 */
export async function rasterise(bytes: Buffer): Promise<Buffer | LogoRefusal> {
  const read = readSvg(bytes);
  if (typeof read !== 'string') return read;
  const text = withoutDoctype(read, MAX_SVG_BYTES);
  if (text === null)
    return refuse(
      'logo-svg-active',
      'The SVG declares entities or a document type of its own, which can hide content.',
      'Export it as plain shapes ("SVG Tiny" or "optimised SVG"), or upload a PNG.',
    );
  const found = FORBIDDEN.find(([pattern]) => pattern.test(text));
  if (found !== undefined)
    return refuse(
      'logo-svg-active',
      `The SVG contains ${found[1]}.`,
      'Export it as plain shapes ("SVG Tiny" or "optimised SVG"), or upload a PNG.',
    );
  const whole = await withReadPictures(text);
  return typeof whole === 'string' ? drawLogo(Buffer.from(whole)).catch(() => tooHeavy) : whole;
}

const DATA = /data:image\/[a-z]+;base64,([^"']*)/gi;

/**
 * The SVG with its embedded pictures re-encoded. The drawing library silently
 * omits pictures that it cannot read.
 */
async function withReadPictures(svg: string): Promise<string | LogoRefusal> {
  let whole = svg;
  for (const { 0: address, 1: base64 = '', index } of svg.matchAll(DATA)) {
    const data = await embeddedPicture(Buffer.from(base64, 'base64'));
    if (typeof data !== 'string') {
      const element = /^<[\w:]*/.exec(svg.slice(svg.lastIndexOf('<', index)))?.[0] ?? '<';
      const line = svg.slice(0, index).split('\n').length;
      return refuse('logo-svg-picture', `The picture in ${element}> on line ${line} ${data.reason}.`, data.remedy);
    }
    whole = whole.replace(address, data);
  }
  return whole;
}

const tooHeavy = refuse(
  'logo-svg-too-heavy',
  'The SVG cannot be drawn, or takes too long to draw.',
  'Simplify it, or upload a PNG.',
);
