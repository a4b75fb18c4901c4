/** Formats of a post's picture, with their aspect ratios. */
export const FORMATS = ['landscape', 'square', 'story'] as const;
export type PictureFormat = (typeof FORMATS)[number];
export const ASPECT_RATIOS: Readonly<Record<PictureFormat, string>> = {
  landscape: '1200 / 627',
  square: '1 / 1',
  story: '9 / 16',
};
