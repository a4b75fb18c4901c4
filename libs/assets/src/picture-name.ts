import type { PictureFormat } from '#artwork';
import type { AssetFile } from './asset.js';

/**
 * The format in which mail programs show a picture: WebP and SVG are not shown
 * by all of them.
 */
export function formatFor({ mediaType, facts }: Pick<AssetFile, 'mediaType' | 'facts'>): PictureFormat {
  if (mediaType === 'image/jpeg') return 'jpg';
  return mediaType === 'image/webp' && facts.hasAlpha !== true ? 'jpg' : 'png';
}

/** The format that the name of a file in a campaign says; null: no picture. */
export function formatOfPath(path: string): PictureFormat | null {
  const ending = /\.(jpe?g|png|webp)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  return ending === 'png' || ending === 'webp' ? ending : 'jpg';
}

/**
 * The file of a picture in a campaign: its title, and its content in the name,
 * so that another cut never replaces a picture that is in use.
 */
export function picturePath(title: string, hash: string, format: PictureFormat): string {
  const stem = title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `images/${stem === '' ? 'picture' : stem}-${hash.slice(0, 8)}.${format}`;
}
