import { SOCIAL_FORMATS } from '#content';
import type { ArtworkType } from '#contracts';
import type { Locale } from '#kernel';

export interface CobrandRequest {
  readonly kind: ArtworkType;
  readonly key: string;
  /** `pdf`, or the size of a picture. */
  readonly format: string;
  readonly locale: Locale;
}

/** Prepared documents and posts of a compiled campaign, by language. */
interface Prepared {
  readonly documents: readonly { readonly key: string; readonly prepared: Readonly<Record<string, unknown>> }[];
  readonly social: readonly { readonly key: string; readonly prepared: Readonly<Record<string, unknown>> }[];
}

/** What two requests for the same file have in common. */
export const cobrandName = ({ kind, key, locale, format }: CobrandRequest): string =>
  [kind, key, locale, format].join(' ');

/** Every document and picture of a campaign, in all its languages. */
export function cobrandRequests(compiled: Prepared): CobrandRequest[] {
  const documents = compiled.documents.flatMap(({ key, prepared }) =>
    Object.keys(prepared).map((locale) => ({
      kind: 'document' as const,
      key,
      format: 'pdf',
      locale: locale as Locale,
    })),
  );
  const pictures = compiled.social.flatMap(({ key, prepared }) =>
    Object.keys(prepared).flatMap((locale) =>
      SOCIAL_FORMATS.map((format) => ({ kind: 'social' as const, key, format, locale: locale as Locale })),
    ),
  );
  return [...documents, ...pictures];
}
