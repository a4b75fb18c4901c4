import {
  compose,
  fromTransformAttribute,
  fromDefinition,
  identity,
  type Matrix,
  scale,
  translate,
} from 'transformation-matrix';
import { parse, generate, walk } from 'css-tree';
import { pixelsOf, viewBoxOf } from '../svg/svg-length.js';
import { escapeXml } from '../escape-xml.js';
import type { PixelBox } from './picture-plan.js';

type Read = (name: string) => string | undefined;

/** The coordinates in which an element's children stand. */
export interface Coordinates {
  /** To pixels of the picture. */
  readonly matrix: Matrix;
  /** Of the viewport, in its own units: percentages refer to it. */
  readonly width: number;
  readonly height: number;
}

/** Smallest angle and skew that can be seen. */
const STRAIGHT = 1e-3;

/**
 * The coordinates within the root, whose content is drawn on `width` × `height`
 * pixels (SVG 2, 8.2).
 */
export function rootCoordinates(read: Read, width: number, height: number): Coordinates {
  const own = sizeOf(read, { matrix: identity(), width, height });
  const inner = fitted(read, own.width, own.height);
  // The picture has its declared size, whatever the file says.
  const stretch = scale(width / own.width, height / own.height);
  return { ...inner, matrix: compose(stretch, inner.matrix, transformOf(read)) };
}

/** The coordinates within an element: those around it, and its transform. */
export function coordinatesWithin(element: string, read: Read, around: Coordinates): Coordinates {
  const matrix = compose(around.matrix, transformOf(read));
  if (element !== 'svg') return { ...around, matrix };
  const { width, height } = sizeOf(read, around);
  const [x, y] = [lengthOf(read('x'), around.width) ?? 0, lengthOf(read('y'), around.height) ?? 0];
  const inner = fitted(read, width, height);
  return { ...inner, matrix: compose(matrix, translate(x, y), inner.matrix) };
}

/** A slot on the picture, and how many of its pixels a unit of the file is. */
export interface Place {
  readonly box: PixelBox;
  readonly unit: number;
}

/**
 * The place of a rectangle.
 * @returns null if it has no size; `turned` if it is rotated or skewed.
 */
export function placeOf(read: Read, around: Coordinates): Place | 'turned' | null {
  const x = lengthOf(read('x') ?? '0', around.width);
  const y = lengthOf(read('y') ?? '0', around.height);
  const width = lengthOf(read('width'), around.width);
  const height = lengthOf(read('height'), around.height);
  if (x === null || y === null || width === null || height === null || width <= 0 || height <= 0) return null;
  const { a, b, c, d, e, f } = compose(around.matrix, transformOf(read));
  if (Math.abs(b) + Math.abs(c) > STRAIGHT * (Math.abs(a) + Math.abs(d))) return 'turned';
  const [one, other] = [
    { x: a * x + e, y: d * y + f },
    { x: a * (x + width) + e, y: d * (y + height) + f },
  ];
  const [left, top] = [Math.round(Math.min(one.x, other.x)), Math.round(Math.min(one.y, other.y))];
  const box = {
    x: left,
    y: top,
    width: Math.max(1, Math.round(Math.max(one.x, other.x)) - left),
    height: Math.max(1, Math.round(Math.max(one.y, other.y)) - top),
  };
  return { box, unit: Number(Math.sqrt(Math.abs(a * d)).toFixed(6)) };
}

/**
 * The start of a picture of this size whose content stands in the coordinates of
 * the file's root. Both elements have to be closed.
 * @param attributes the root's others, as written.
 */
export function rootTags(tag: string, attributes: string, read: Read, width: number, height: number): string {
  const own = sizeOf(read, { matrix: identity(), width, height });
  const [box, ratio] = [read('viewBox'), read('preserveAspectRatio')];
  const placing = `${box === undefined ? '' : ` viewBox="${escapeXml(box)}"`}${ratio === undefined ? '' : ` preserveAspectRatio="${escapeXml(ratio)}"`}`;
  return `<${tag}${namespacesIn(attributes)} width="${width}" height="${height}" viewBox="0 0 ${own.width} ${own.height}" preserveAspectRatio="none"><${tag}${attributes} width="${own.width}" height="${own.height}"${placing}>`;
}

const namespacesIn = (attributes: string): string =>
  [...attributes.matchAll(/\sxmlns(?::[\w.-]+)?="[^"]*"/g)].map(([whole]) => whole).join('');

function sizeOf(read: Read, around: Coordinates): { readonly width: number; readonly height: number } {
  const box = viewBoxOf(read('viewBox'));
  const [width, height] = [lengthOf(read('width'), around.width), lengthOf(read('height'), around.height)];
  const isUsable = (side: number | null): side is number => side !== null && side > 0;
  if (isUsable(width) && isUsable(height)) return { width, height };
  // Without a size, the content has that of its viewBox.
  return {
    width: isUsable(width) ? width : (box?.[2] ?? around.width),
    height: isUsable(height) ? height : (box?.[3] ?? around.height),
  };
}

/** `viewBox` and `preserveAspectRatio` in a viewport (SVG 2, 8.2). */
function fitted(read: Read, width: number, height: number): Coordinates {
  const box = viewBoxOf(read('viewBox'));
  if (box === null) return { matrix: identity(), width, height };
  const [x, y, boxWidth, boxHeight] = box;
  const [align = 'xMidYMid', mode = 'meet'] = (read('preserveAspectRatio') ?? '').split(/\s+/).filter(Boolean);
  const [right, down] = [width / boxWidth, height / boxHeight];
  const one = mode === 'slice' ? Math.max(right, down) : Math.min(right, down);
  const factors = align === 'none' ? { x: right, y: down } : { x: one, y: one };
  const rest = { x: width - boxWidth * factors.x, y: height - boxHeight * factors.y };
  const share = (part: string): number => (align.includes(`${part}Min`) ? 0 : align.includes(`${part}Max`) ? 1 : 0.5);
  return {
    matrix: compose(
      translate(rest.x * share('x'), rest.y * share('Y')),
      scale(factors.x, factors.y),
      translate(-x, -y),
    ),
    width: boxWidth,
    height: boxHeight,
  };
}

/** The property `transform` counts before the attribute (CSS Transforms 1, 7). */
function transformOf(read: Read): Matrix {
  let written = read('transform') ?? '';
  const style = read('style');
  if (style?.includes('transform') === true)
    walk(parse(style, { context: 'declarationList' }), {
      visit: 'Declaration',
      enter({ property, value }) {
        if (property === 'transform') written = generate(value).replace(/(\d)(?:px|deg)/g, '$1');
      },
    });
  if (written.trim() === '' || written.trim() === 'none') return identity();
  return compose(fromDefinition(fromTransformAttribute(written)));
}

function lengthOf(written: string | undefined, whole: number): number | null {
  const [, share] = /^\s*([\d.]+)%\s*$/.exec(written ?? '') ?? [];
  return share === undefined ? pixelsOf(written) : (Number(share) / 100) * whole;
}
