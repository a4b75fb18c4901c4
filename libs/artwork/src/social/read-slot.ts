import type { SaxesAttributeNS } from 'saxes';
import type { LogoPlace, PixelBox, TextPlace } from './picture-plan.js';
import type { Report, SourcePosition } from './element-reader.js';
import { type Coordinates, type Place, placeOf } from './place-matrix.js';

type Attributes = Readonly<Record<string, SaxesAttributeNS>>;

interface SlotTag {
  readonly id: string;
  readonly tag: string;
  readonly read: (attribute: string) => string | undefined;
  readonly at: SourcePosition;
}

/**
 * Where a slot stands on the picture, with all transforms around it.
 * @param around null where nothing is drawn.
 * @returns null if it was reported.
 */
export function slotPlace({ id, tag, read, at }: SlotTag, around: Coordinates | null, report: Report): Place | null {
  const place = tag !== 'rect' ? null : around === null ? 'unplaced' : placeOf(read, around);
  if (place === null)
    report(
      'slot-shape',
      at,
      `The slot “${id}” is not a rectangle with x, y, width and height.`,
      `Write <rect id="${id}" x="…" y="…" width="…" height="…" />.`,
    );
  else if (place === 'turned') report('slot-place', at, `The slot “${id}” is rotated or skewed.`, 'Draw it upright.');
  else if (place === 'unplaced')
    report(
      'slot-place',
      at,
      `The slot “${id}” is within <defs> or another element that is not drawn where it stands.`,
      'Move it to the layer where its content belongs.',
    );
  else return place;
  return null;
}

const LOGO_ALIGN: Readonly<Record<string, LogoPlace['align']>> = {
  left: 'left',
  start: 'left',
  center: 'center',
  centre: 'center',
  right: 'right',
  end: 'right',
};

/**
 * The logo's place with its look.
 * @param wrong receives the way out for an invalid alignment.
 */
export function logoPlace(
  box: PixelBox,
  read: (attribute: string) => string | undefined,
  wrong: (remedy: string) => void,
): LogoPlace {
  const surface = read('data-surface') === 'dark' ? 'dark' : 'light';
  const align = LOGO_ALIGN[read('data-align') ?? 'left'];
  if (align === undefined) wrong(`Write one of ${Object.keys(LOGO_ALIGN).join(', ')}.`);
  return { ...box, surface, align: align ?? 'left' };
}

const ALIGN: Readonly<Record<string, TextPlace['align']>> = {
  left: 'start',
  start: 'start',
  center: 'centre',
  centre: 'centre',
  right: 'end',
  end: 'end',
};

/**
 * A text slot with its look.
 * @param wrong receives attributes with an invalid value.
 */
export function textPlace(
  name: string,
  { box, unit }: Place,
  attributes: Attributes,
  wrong: (attribute: string, remedy: string) => void,
): TextPlace {
  const number = (attribute: string, otherwise: number, from: number, to: number): number => {
    const value = Number(attributes[attribute]?.value ?? otherwise);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    wrong(attribute, `Write a whole number from ${from} to ${to}.`);
    return otherwise;
  };
  // A size is in the units of the file, as the rectangle is. Without one, it is
  // in pixels of the picture.
  const pixels = (attribute: string, otherwise: number, from: number, to: number): number => {
    const written = attributes[attribute]?.value;
    const value = written === undefined ? otherwise : Number(written) * unit;
    if (value >= from && value <= to && (unit !== 1 || Number.isInteger(value))) return Math.round(value);
    wrong(attribute, `Write a whole number from ${Math.ceil(from / unit)} to ${Math.floor(to / unit)}.`);
    return otherwise;
  };
  const choice = <T extends string>(attribute: string, otherwise: string, choices: Readonly<Record<string, T>>): T => {
    const value = choices[attributes[attribute]?.value ?? otherwise];
    if (value === undefined) wrong(attribute, `Write one of ${Object.keys(choices).join(', ')}.`);
    return value ?? (choices[otherwise] as T);
  };
  const colour = attributes['data-color']?.value ?? '#111827';
  if (!/^#[0-9a-f]{6}$/i.test(colour)) wrong('data-color', 'Write six hexadecimal digits, for example #111827.');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    wrong('id', 'Name it in lower-case letters, digits and hyphens: tc:text:headline.');
  const size = pixels('data-size', 48, 8, 400);
  return {
    ...box,
    name,
    maxChars: number('data-max', 80, 1, 2000),
    size,
    minSize: pixels('data-min-size', Math.max(8, Math.round(size * 0.4)), 8, size),
    colour,
    weight: choice('data-weight', 'regular', { regular: 'regular', normal: 'regular', bold: 'bold' }),
    align: choice('data-align', 'start', ALIGN),
  };
}
