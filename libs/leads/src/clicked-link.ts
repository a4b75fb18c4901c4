import type { CompiledCampaign } from '#content';

/** A link that a person clicked, as a reader understands it. */
export interface ClickedLink {
  /** In the campaign's package. */
  readonly name: string;
  /** What is behind it. `other`: the campaign has no such link. */
  readonly kind: 'page' | 'document' | 'partner' | 'target' | 'other';
  /** Title of the document, label of the partner's link, or the target's host. */
  readonly text: string | null;
}

type Texts = Readonly<Record<string, string>>;
const inLocale = (texts: Texts | undefined, locale: string): string | null =>
  texts?.[locale] ?? Object.values(texts ?? {})[0] ?? null;

/**
 * A document that a person got.
 * @param locale of its title; another one if it has none.
 */
export function documentLink(
  { documents }: Pick<CompiledCampaign, 'documents'>,
  key: string,
  locale: string,
): ClickedLink {
  return { name: key, kind: 'document', text: inLocale(documents.find((one) => one.key === key)?.title, locale) };
}

/** @param locale of titles and labels; another one if it has none. */
export function clickedLink(
  { definition, documents }: Pick<CompiledCampaign, 'definition' | 'documents'>,
  name: string,
  locale: string,
): ClickedLink {
  const link = definition.links[name];
  if (link === undefined) return { name, kind: 'other', text: null };
  if (link.kind === 'page') return { name, kind: link.kind, text: null };
  if (link.kind === 'document') return { ...documentLink({ documents }, link.document, locale), name };
  if (link.kind === 'partner') return { name, kind: link.kind, text: inLocale(link.label, locale) };
  return { name, kind: link.kind, text: URL.parse(link.target)?.hostname ?? null };
}
