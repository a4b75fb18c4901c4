import { type Document, isMap } from 'yaml';
import type { ArtworkType } from '#contracts';

/** A document, or a post with its pictures. */
export interface Artwork {
  readonly kind: ArtworkType;
  readonly key: string;
  /** Files by locale (`*`: all locales), or by format. */
  readonly sources: Readonly<Record<string, string>>;
}

type Written = Readonly<Record<string, string>>;

/** The documents and posts that `campaign.yaml` declares. */
export function artworkOf(campaign: Document): Artwork[] {
  const written = <T>(section: string): [string, T | null][] => {
    const map = campaign.get(section);
    return isMap(map) ? Object.entries(map.toJSON() as Record<string, T | null>) : [];
  };
  return [
    ...written<{ source?: string | Written }>('documents').map(([key, document]) => ({
      kind: 'document' as const,
      key,
      sources: typeof document?.source === 'string' ? { '*': document.source } : (document?.source ?? {}),
    })),
    ...written<{ images?: Written }>('social').map(([key, post]) => ({
      kind: 'social' as const,
      key,
      sources: post?.images ?? {},
    })),
  ];
}
