import type { CropShares } from '#contracts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest cut of a shape (width by height), in the middle. */
export function cropFor({ width, height }: Size, shape: number): CropShares {
  const relative = shape / (width / height);
  const cut = relative > 1 ? { width: 1, height: 1 / relative } : { width: relative, height: 1 };
  return { x: (1 - cut.width) / 2, y: (1 - cut.height) / 2, ...cut };
}

/** Percentages of a drawing tool as shares that are inside the picture. */
export function sharesOf(percent: CropShares): CropShares {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value * 1000) / 1000));
  const x = within(percent.x / 100, 0.999);
  const y = within(percent.y / 100, 0.999);
  return {
    x,
    y,
    width: Math.max(0.001, within(percent.width / 100, 1 - x)),
    height: Math.max(0.001, within(percent.height / 100, 1 - y)),
  };
}

/** The size of a cut in pixels. */
export const pixelsOf = (crop: CropShares, { width, height }: Size): Size => ({
  width: Math.round(crop.width * width),
  height: Math.round(crop.height * height),
});

/** Whether nothing is cut off. */
export const isWhole = ({ x, y, width, height }: CropShares): boolean =>
  x < 0.001 && y < 0.001 && width > 0.999 && height > 0.999;
