/** The sizes that a post's picture comes in, and the shape of each. */
export const FORMATS = ['landscape', 'square', 'story'] as const;
export type PictureFormat = (typeof FORMATS)[number];
export const ASPECT_RATIOS: Readonly<Record<PictureFormat, string>> = {
  landscape: '1200 / 627',
  square: '1 / 1',
  story: '9 / 16',
};
