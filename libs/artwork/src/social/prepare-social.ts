import { createHash } from 'node:crypto';
import type { SourceProblem } from '#kernel';
import { sharp } from '../sharp.js';
import { packPicture } from './picture-plan.js';
import { readSource, type SocialSource } from './read-source.js';

export type PreparedSocial =
  | {
      readonly ok: true;
      readonly prepared: Buffer;
      readonly slots: readonly { readonly name: string; readonly maxChars: number }[];
      readonly usedKeys: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[]; readonly usedKeys: readonly string[] };

/** Checks a vendor's picture source, fills in its copy, and flattens its layers once. */
export async function prepareSocial(source: SocialSource): Promise<PreparedSocial> {
  const { svg, logo, texts, problems, usedKeys } = readSource(source);
  if (problems.length > 0) return { ok: false, problems, usedKeys };
  try {
    const { width, height } = source;
    const pixels = await sharp(Buffer.from(svg), { limitInputPixels: 16_000_000 })
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
    const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const pixelsHash = createHash('sha256').update(pixels).digest('hex');
    return {
      ok: true,
      prepared: packPicture({ width, height, logo, texts, pixelsHash }, png),
      slots: texts.map(({ name, maxChars }) => ({ name, maxChars })),
      usedKeys,
    };
  } catch (error) {
    return { ok: false, problems: [broken(source.file, error)], usedKeys };
  }
}

const broken = (file: string, error: unknown): SourceProblem => ({
  code: 'social-broken',
  severity: 'error',
  file,
  line: null,
  column: null,
  message: `The picture cannot be drawn: ${error instanceof Error ? error.message : String(error)}`,
  wayOut: 'Open it in a drawing program and save it as plain SVG.',
});
