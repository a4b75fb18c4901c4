import { LRUCache } from 'lru-cache';
import type { SourceProblem } from '#kernel';
import { drawInSubprocess } from '../draw-in-subprocess.js';
import { embeddedPicture } from '../embedded-picture.js';
import { sharp } from '../sharp.js';
import { packPicture } from './picture-plan.js';
import { hashOf } from './pixels.js';
import { pictureToken } from './element-reader.js';
import { type ReadPicture, readSource, type SocialSource } from './read-source.js';

/** Red, green and blue. */
const CHANNELS = 3;
/** Total data length of the pictures of a post. */
const MAX_DATA_LENGTH = 40_000_000;

export type PreparedSocial =
  | {
      readonly ok: true;
      readonly prepared: Buffer;
      readonly slots: readonly { readonly name: string; readonly maxChars: number }[];
      readonly usedKeys: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[]; readonly usedKeys: readonly string[] };

/**
 * Checks a vendor's picture source, fills in its copy, and flattens its layers
 * in a subprocess.
 */
export async function prepareSocial(source: SocialSource): Promise<PreparedSocial> {
  const reading = readSource(source);
  const { logo, texts, usedKeys } = reading;
  const { svg, problems } = await withPictures(reading, source.file);
  if (problems.length > 0) return { ok: false, problems, usedKeys };
  const { width, height } = source;
  const drawn = await vendorPicture(svg, width, height);
  if (drawn === null) return { ok: false, problems: [tooHeavy(source.file)], usedKeys };
  const { png, pixelsHash } = drawn;
  return {
    ok: true,
    prepared: packPicture({ width, height, logo, texts, pixelsHash }, png),
    slots: texts.map(({ name, maxChars }) => ({ name, maxChars })),
    usedKeys,
  };
}

/**
 * The source with the data of its pictures. A picture that cannot be read is
 * reported with its element.
 */
async function withPictures(
  { svg, pictures, problems: before }: ReadPicture,
  file: string,
): Promise<{ readonly svg: string; readonly problems: readonly SourceProblem[] }> {
  const problems = [...before];
  const known = new Map<string, Awaited<ReturnType<typeof embeddedPicture>>>();
  let [whole, length] = [svg, 0];
  for (const { path, bytes, at } of pictures) {
    const data = known.get(path) ?? (await embeddedPicture(bytes));
    known.set(path, data);
    if (typeof data !== 'string')
      problems.push({
        code: 'picture-unusable',
        severity: 'error',
        file,
        line: at.line,
        column: at.column + 1,
        message: `<image> shows ${path}, which ${data.reason}.`,
        wayOut: data.wayOut,
      });
    else length += data.length;
  }
  if (length > MAX_DATA_LENGTH) return { svg, problems: [...problems, tooHeavy(file)] };
  for (const [path, data] of known)
    if (typeof data === 'string') whole = whole.replaceAll(`"${pictureToken(path)}"`, `"${data}"`);
  return { svg: whole, problems };
}

interface VendorPicture {
  readonly png: Buffer;
  readonly pixelsHash: string;
}

/**
 * Recently drawn pictures, by source. An author who corrects an e-mail does not
 * wait for the posts.
 */
const REMEMBERED = 48;
const remembered = new LRUCache<string, VendorPicture>({ max: REMEMBERED });

/**
 * The vendor's flattened layers.
 * @returns null if drawing exceeds its limits.
 */
async function vendorPicture(svg: string, width: number, height: number): Promise<VendorPicture | null> {
  const source = hashOf(Buffer.from(`${width} ${height} ${svg}`));
  const known = remembered.get(source);
  if (known !== undefined) return known;
  const pixels = await drawInSubprocess(Buffer.from(svg), { width, height });
  if (pixels?.length !== width * height * CHANNELS) return null;
  const png = await sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .png()
    .toBuffer();
  const picture = { png, pixelsHash: hashOf(pixels) };
  remembered.set(source, picture);
  return picture;
}

const tooHeavy = (file: string): SourceProblem => ({
  code: 'social-too-heavy',
  severity: 'error',
  file,
  line: 1,
  column: 1,
  message: 'The picture cannot be drawn, or takes too long or too much memory to draw.',
  wayOut: 'Use fewer filters, patterns and nested <use>, or put a finished background into images/.',
});
