import type { CropShares } from '#artwork';

interface Size {
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * The cut of a new picture that takes the place of a cut of an earlier one. In a
 * picture of the same shape it is the same cut. In another, it is the largest
 * one of the same shape around what matters, so that a layout keeps its form.
 * @returns null: the whole picture.
 */
export function fittedCrop(
  crop: CropShares | null,
  before: Size,
  after: Size,
  focal: { readonly x: number; readonly y: number } | null,
): CropShares | null {
  const shapes = [before, after].map(({ width, height }) => (width ?? 1) / (height ?? 1));
  const [from = 1, to = 1] = shapes;
  if (Math.abs(from / to - 1) < 0.01) return crop;
  const shape = from * ((crop?.width ?? 1) / (crop?.height ?? 1));
  // In shares of the new picture, its own shape is a square.
  const relative = shape / to;
  const [width, height] = relative > 1 ? [1, 1 / relative] : [relative, 1];
  const start = (middle: number, length: number): number => Math.min(1 - length, Math.max(0, middle - length / 2));
  return { x: start(focal?.x ?? 0.5, width), y: start(focal?.y ?? 0.5, height), width, height };
}
