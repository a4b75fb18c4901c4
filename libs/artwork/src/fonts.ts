import { join } from 'node:path';
import { packageRoot } from '#kernel';

const fontFolder = join(packageRoot(), 'libs/artwork/fonts');

// Text must look the same on every machine: only the bundled fonts are used.
// Fontconfig reads this variable at its first use, after all imports.
// oxlint-disable-next-line forms/no-environment
process.env['FONTCONFIG_FILE'] = join(fontFolder, 'fonts.conf');

export type FontWeight = 'regular' | 'bold';

export const fontFile = (weight: FontWeight): string =>
  join(fontFolder, weight === 'bold' ? 'NotoSans-Bold.ttf' : 'NotoSans-Regular.ttf');

/** Every font that a picture's text may be drawn with. */
export const FONT_FILES = ['NotoSans-Regular.ttf', 'NotoSansArabic-Regular.ttf', 'NotoSansHebrew-Regular.ttf'].map(
  (name) => join(fontFolder, name),
);
