import { hasPageTexts } from '#contracts';

/**
 * Languages that authors choose from, by their tags (BCP 47). Browsers
 * translate tags but cannot list them. `campaign.yaml` may have others.
 */
const TAGS: readonly string[] =
  `en en-GB en-US de de-AT de-CH fr fr-BE fr-CA fr-CH es es-419 es-MX it it-CH nl nl-BE ar he af bg bn bs ca cs cy da el et eu fa fi fil ga gl gu hi hr hu hy id is ja ka kk kn ko lt lv mk ml mr ms mt nb pa pa-Arab pl pt pt-BR pt-PT ro ru sk sl sq sr sr-Latn sv sw ta te th tr uk ur uz vi zh-Hans zh-Hant zh-Hant-HK zu`.split(
    ' ',
  );

interface LanguageGroups {
  /** Forms and public pages have texts in these. */
  readonly withTexts: readonly string[];
  readonly others: readonly string[];
}

/** Languages that a campaign does not have yet, in no order of their names. */
export function languagesToAdd(locales: readonly string[]): LanguageGroups {
  const open = TAGS.filter((tag) => !locales.includes(tag));
  return { withTexts: open.filter(hasPageTexts), others: open.filter((tag) => !hasPageTexts(tag)) };
}
