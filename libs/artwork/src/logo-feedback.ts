import type { LogoFeedback } from './logo.js';
import type { Ink } from './logo-ink.js';

/** Share of ink with low contrast above which its owner is told. */
const WEAK_SHARE = 0.25;
const MIN_SIDE = 320;

/**
 * Advice about a logo that was read.
 * @param made the variants that differ from the logo itself.
 */
export function logoFeedback(
  { width, height }: { readonly width: number; readonly height: number },
  ink: Ink,
  made: { readonly light: Buffer | null; readonly dark: Buffer | null },
  mediaType: string,
): LogoFeedback[] {
  const advice: LogoFeedback[] = [];
  if (Math.max(width, height) < MIN_SIDE)
    advice.push({
      code: 'logo-small',
      message: `The logo is ${width} × ${height} pixels. It will look blurred.`,
      remedy: 'Upload an SVG, or a PNG of at least 600 pixels.',
      named: { width, height },
    });
  if (ink.opaque)
    advice.push({
      code: 'logo-background',
      message:
        mediaType === 'image/jpeg'
          ? 'A JPEG has no transparency: the logo keeps its background.'
          : 'The logo has no transparent background.',
      remedy: 'Upload an SVG or a PNG with a transparent background.',
    });
  if (made.light !== null)
    advice.push({
      code: 'logo-faint-on-light',
      message: 'Parts of the logo cannot be seen on white. They are dark there.',
      remedy: 'Use it as it is, or upload your logo for light backgrounds.',
    });
  else if (ink.weakOnLight > WEAK_SHARE)
    advice.push({
      code: 'logo-weak-on-light',
      message: 'A large part of the logo is pale on white. It is used as it is.',
      remedy: 'Upload your logo for light backgrounds if you have one.',
    });
  if (made.dark !== null)
    advice.push({
      code: 'logo-faint-on-dark',
      message: 'Parts of the logo cannot be seen on dark. They are white there.',
      remedy: 'Use it as it is, or upload your logo for dark backgrounds.',
    });
  else if (ink.weakOnDark > WEAK_SHARE)
    advice.push({
      code: 'logo-weak-on-dark',
      message: 'A large part of the logo is hard to see on dark. It is used as it is.',
      remedy: 'Upload your logo for dark backgrounds if you have one.',
    });
  return advice;
}
