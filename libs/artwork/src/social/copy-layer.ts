import type { SourceProblem } from '#kernel';
import { sharp } from '../sharp.js';
import type { DrawnPost } from '../file-task.js';
import type { SourcePosition } from './element-reader.js';
import type { TextPlace } from './picture-plan.js';
import { drawOver, hashOf, type Layer } from './pixels.js';
import { checkText, type SocialProblem, textLayer } from './text-layer.js';

/** A text of the vendor in a box: it wraps, and becomes smaller to fit. */
export interface CopyBox {
  readonly place: TextPlace;
  readonly text: string;
  readonly at: SourcePosition;
}

interface CopyLayers {
  readonly layers: readonly Layer[];
  readonly problems: readonly SourceProblem[];
}

/** Longest text of the vendor on a picture, in characters. */
export const MOST_COPY_LETTERS = 2000;
/** A picture with more boxes than this is a mistake, or an attack on the time of drawing. */
export const MOST_COPIES = 40;

/** The texts of the vendor as pixels, or why one cannot be drawn. */
export async function copyLayers(copies: readonly CopyBox[], file: string): Promise<CopyLayers> {
  const layers: Layer[] = [];
  const problems: SourceProblem[] = [];
  for (const { place, text, at } of copies) {
    const words = text.normalize('NFC').trim();
    if (words === '') continue;
    const drawn = checkText(place, words) ?? (await textLayer(place, words));
    if ('code' in drawn) problems.push(asSourceProblem(drawn, place, words, file, at));
    else layers.push(drawn);
  }
  return { layers, problems };
}

/** How much of a long text a message quotes. */
const QUOTED = 60;

function asSourceProblem(
  { code, message, remedy }: SocialProblem,
  { minSize }: TextPlace,
  text: string,
  file: string,
  { line, column }: SourcePosition,
): SourceProblem {
  const quoted = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  const place = { severity: 'error', file, line, column: column + 1 } as const;
  if (code !== 'text-does-not-fit') return { ...place, code, message, remedy };
  return {
    ...place,
    code: 'copy-does-not-fit',
    message: `“${quoted}” does not fit its box on the picture, even at ${minSize} pixels.`,
    remedy: 'Shorten it, enlarge the box, or allow a smaller font size.',
  };
}

/** The vendor's picture with these layers: they are pixels of the vendor. */
export async function withLayers(
  { png }: DrawnPost,
  layers: readonly Layer[],
  width: number,
  height: number,
): Promise<DrawnPost> {
  const data = await sharp(png).removeAlpha().raw().toBuffer();
  for (const layer of layers) drawOver({ data, width, height }, layer);
  const drawn = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { png: drawn, pixelsHash: hashOf(data) };
}
