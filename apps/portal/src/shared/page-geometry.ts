/** A rectangle with any origin. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A page or picture with boxes.
 * On the screen the origin is top left.
 */
export interface PageGeometry {
  /** Counted from 1. */
  readonly page: number;
  /** In the unit of the file. */
  readonly width: number;
  readonly height: number;
  readonly toScreen: (rect: Rect) => Rect;
  readonly toFile: (rect: Rect) => Rect;
}

/** The rectangle between two opposite corners. */
export function rectFromCorners([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): Rect {
  return {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
  };
}
