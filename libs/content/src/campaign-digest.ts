import { type BrandColours, type ColourPair, colourPairsOf } from '#rendering';
import type { Locale } from '#kernel';
import type { CompiledCampaign, CompiledEmail } from './compile/compiled-campaign.js';
import { defaultLocale } from './definition/campaign-definition.js';

/** Whoever changes what a digest says raises it: those that were kept before are made anew. */
export const DIGEST_SHAPE = 2;

/** What a list of campaigns says of each: some kilobytes, where the compiled campaign has some megabytes. */
export interface CampaignDigest {
  /** In the campaign's own language, as all names here. */
  readonly title: string;
  readonly slots: readonly { readonly name: string; readonly label: string }[];
  readonly documents: readonly { readonly key: string; readonly title: string }[];
  /** A post is called by what it says. */
  readonly posts: readonly { readonly key: string; readonly title: string }[];
  /** The first is the campaign's own. */
  readonly locales: readonly Locale[];
  /** The key of the e-mail that stands for the whole; null where it has none. */
  readonly cover: string | null;
  /** Colours where a brand has none. */
  readonly shades: BrandColours;
  /** Where brands' colours stand, by tactic (`emails.welcome`), in each language. */
  readonly colours: readonly { readonly tactic: string; readonly masters: readonly (readonly ColourPair[])[] }[];
}

export function digestOf({ definition, emails, pages, slots, documents, social }: CompiledCampaign): CampaignDigest {
  const locale = defaultLocale(definition);
  const coloursOf = (kind: string, { key, masters }: CompiledEmail): CampaignDigest['colours'][number] => ({
    tactic: `${kind}.${key}`,
    masters: Object.values(masters).map((master) => distinct(colourPairsOf(master))),
  });
  return {
    title: definition.title[locale] ?? definition.name,
    slots: slots.map(({ name, label }) => ({ name, label: label[locale] ?? name })),
    documents: documents.map(({ key, title }) => ({ key, title: title[locale] ?? key })),
    posts: social.map(({ key, text }) => ({ key, title: text[locale] ?? key })),
    locales: definition.locales,
    cover: emails[0]?.key ?? null,
    shades: definition.brand.defaults,
    colours: [...emails.map((email) => coloursOf('emails', email)), ...pages.map((page) => coloursOf('pages', page))],
  };
}

/** The first place of each pair: all of them are read equally well. */
function distinct(pairs: readonly ColourPair[]): ColourPair[] {
  const first = new Map<string, ColourPair>();
  for (const pair of pairs) {
    const name = `${pair.colour} ${pair.surface} ${pair.needed}`;
    if (!first.has(name)) first.set(name, pair);
  }
  return [...first.values()];
}
