import type { SaxesAttributeNS } from 'saxes';
import type { PixelBox, TextPlace } from './picture-plan.js';

type Attributes = Readonly<Record<string, SaxesAttributeNS>>;

export function boxOf(attributes: Attributes): PixelBox | null {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
    Number(attributes[name]?.value ?? (name === 'x' || name === 'y' ? 0 : NaN)),
  );
  if (
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined ||
    !(width > 0) ||
    !(height > 0)
  )
    return null;
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

const ALIGN: Readonly<Record<string, TextPlace['align']>> = {
  left: 'start',
  start: 'start',
  center: 'centre',
  centre: 'centre',
  right: 'end',
  end: 'end',
};

export function textPlace(
  name: string,
  box: PixelBox,
  attributes: Attributes,
  wrong: (attribute: string, remedy: string) => void,
): TextPlace {
  const number = (attribute: string, otherwise: number, from: number, to: number): number => {
    const value = Number(attributes[attribute]?.value ?? otherwise);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    wrong(attribute, `Write a whole number from ${from} to ${to}.`);
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
  const size = number('data-size', 48, 8, 400);
  return {
    ...box,
    name,
    maxChars: number('data-max', 80, 1, 2000),
    size,
    minSize: number('data-min-size', Math.max(8, Math.round(size * 0.4)), 8, size),
    colour,
    weight: choice('data-weight', 'regular', { regular: 'regular', normal: 'regular', bold: 'bold' }),
    align: choice('data-align', 'start', ALIGN),
  };
}
