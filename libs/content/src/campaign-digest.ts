import { type BrandColours, type ColourPair, colourPairsOf } from '#rendering';
import type { StepName } from '#contracts';
import type { Locale } from '#kernel';
import type { CompiledCampaign, CompiledEmail } from './compile/compiled-campaign.js';
import { defaultLocale } from './definition/campaign-definition.js';
import { stepNames } from './step-names.js';

/**
 * Increase it when the contents of a digest change: stored digests are then
 * made again.
 */
export const DIGEST_SHAPE = 3;

/** Data for lists of campaigns: some kilobytes instead of some megabytes. */
export interface CampaignDigest {
  /** In the campaign's default locale, like all names here. */
  readonly title: string;
  readonly slots: readonly { readonly name: string; readonly label: string }[];
  readonly documents: readonly { readonly key: string; readonly title: string }[];
  /** A post's title is its first line. */
  readonly posts: readonly { readonly key: string; readonly title: string }[];
  /** Names of the actions of its sequence. */
  readonly steps: readonly StepName[];
  /** The first is the default locale. */
  readonly locales: readonly Locale[];
  /**
   * Key of the e-mail that represents the campaign in lists; null if it has no
   * e-mail.
   */
  readonly cover: string | null;
  /** Default brand colours. */
  readonly shades: BrandColours;
  /** Uses of brand colours, by tactic (`emails.welcome`), in each language. */
  readonly colours: readonly { readonly tactic: string; readonly masters: readonly (readonly ColourPair[])[] }[];
}

export function digestOf(compiled: CompiledCampaign): CampaignDigest {
  const { definition, emails, pages, slots, documents, social } = compiled;
  const locale = defaultLocale(definition);
  const coloursOf = (kind: string, { key, masters }: CompiledEmail): CampaignDigest['colours'][number] => ({
    tactic: `${kind}.${key}`,
    masters: Object.values(masters).map((master) => distinct(colourPairsOf(master))),
  });
  return {
    title: definition.title[locale] ?? definition.name,
    // A picture of a partner and its alt text are one place.
    slots: slots
      .filter(({ format }) => format !== 'alt')
      .map(({ name, label }) => ({ name, label: label[locale] ?? name })),
    documents: documents.map(({ key, title }) => ({ key, title: title[locale] ?? key })),
    posts: social.map(({ key, text }) => ({ key, title: text[locale] ?? key })),
    steps: stepNames(compiled, locale),
    locales: definition.locales,
    cover: emails[0]?.key ?? null,
    shades: definition.brand.defaults,
    colours: [...emails.map((email) => coloursOf('emails', email)), ...pages.map((page) => coloursOf('pages', page))],
  };
}

/** One entry per colour pair: its first occurrence. */
function distinct(pairs: readonly ColourPair[]): ColourPair[] {
  const first = new Map<string, ColourPair>();
  for (const pair of pairs) {
    const name = `${pair.colour} ${pair.surface} ${pair.needed}`;
    if (!first.has(name)) first.set(name, pair);
  }
  return [...first.values()];
}
