import { LRUCache } from 'lru-cache';
import { isDrawable } from '../drawable-letters.js';
import { fontFile } from '../fonts.js';
import { sharp } from '../sharp.js';
import { hasInvisibleCharacters } from '../invisible-characters.js';
import type { TextPlace } from './picture-plan.js';
import type { Layer } from './pixels.js';
import { escapeXml } from '../escape-xml.js';

/** Why a text cannot be drawn on a picture. */
export interface SocialProblem {
  readonly code: string;
  /** `slot.headline`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  /** Values in the message, for translated messages. */
  readonly named: Readonly<Record<string, string | number>>;
}

const SHRINK = 0.9;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/**
 * Checks a text before it is drawn.
 * @returns null if there is no problem.
 */
export function checkText({ name, maxChars }: TextPlace, text: string): SocialProblem | null {
  const path = `slot.${name}`;
  const length = [...text].length;
  if (length > maxChars)
    return {
      code: 'text-too-long',
      path,
      message: `The text has ${length} characters; ${maxChars} fit on the picture.`,
      remedy: `Shorten it by ${length - maxChars}.`,
      named: { what: name, length, maxChars },
    };
  if (hasInvisibleCharacters(text))
    return {
      code: 'text-invisible',
      path,
      message: `“${name}” contains an invisible, direction-changing or broken character.`,
      remedy: 'Type the text again instead of pasting it.',
      named: { what: name },
    };
  const strange = [...text.normalize('NFC')].find((char) => !isDrawable(char));
  return strange === undefined
    ? null
    : {
        code: 'text-character',
        path,
        message: `“${name}” contains “${strange}”, which pictures cannot show.`,
        remedy: 'Write it in Latin, Greek, Cyrillic, Arabic or Hebrew letters.',
        named: { what: name, character: strange },
      };
}

/**
 * Cache limit for drawn texts, in bytes. Most partners leave the vendor's texts as they are, and each size that
 * is tried is drawn.
 */
const REMEMBERED_BYTES = 24_000_000;
const remembered = new LRUCache<string, Layer>({ maxSize: REMEMBERED_BYTES });

/**
 * Draws a text at the largest size that fits its box.
 * @returns the layer, or a problem if it does not fit at the minimum size.
 */
export async function textLayer(place: TextPlace, text: string): Promise<Layer | SocialProblem> {
  const key = JSON.stringify([place, text]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const made = await fittingLayer(place, text);
  if (!('code' in made)) remembered.set(key, made, { size: made.data.length });
  return made;
}

async function fittingLayer(place: TextPlace, text: string): Promise<Layer | SocialProblem> {
  for (let size = place.size; size >= place.minSize; size = Math.floor(size * SHRINK)) {
    if (cannotFit(place, text, size)) continue;
    const drawn = await draw(place, text, size);
    if (drawn.width <= place.width && drawn.height <= place.height)
      return { ...drawn, ...at(place, drawn.width, text) };
  }
  return {
    code: 'text-does-not-fit',
    path: `slot.${place.name}`,
    message: `The text of “${place.name}” does not fit its placeholder on the picture, even at ${place.minSize} pixels.`,
    remedy: 'Shorten it, or use shorter words.',
    named: { what: place.name, minSize: place.minSize },
  };
}

/** Area of the narrowest letters, as a share of the square of the font size. */
const LEAST_LETTER = 0.1;

/**
 * Whether a text is longer than any that fits. It is not drawn to find out: 2,000
 * letters of 400 pixels take a gigabyte.
 */
function cannotFit({ width, height }: TextPlace, text: string, size: number): boolean {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters * size * size * LEAST_LETTER > width * height;
}

async function draw(
  { colour, weight, width, align }: TextPlace,
  text: string,
  size: number,
): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp({
    text: {
      // Pango parses markup, so the partner's text is escaped.
      text: `<span foreground="${colour}" weight="${weight === 'bold' ? 'bold' : 'normal'}">${escapeXml(text)}</span>`,
      font: `Noto Sans ${size}`,
      fontfile: fontFile(weight),
      width,
      align: align === 'centre' ? 'centre' : align === 'end' ? 'right' : 'left',
      dpi: 72,
      rgba: true,
      wrap: 'word',
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/**
 * Position of a drawn text. Its picture is only as wide as its longest line.
 */
function at({ x, y, width, align }: TextPlace, drawn: number, text: string): { x: number; y: number } {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  const atRight = (align === 'end') !== RIGHT_TO_LEFT.test(letter);
  const left = align === 'centre' ? Math.floor((width - drawn) / 2) : atRight ? width - drawn : 0;
  return { x: x + left, y };
}
