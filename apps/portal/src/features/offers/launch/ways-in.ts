import type { OfferDetail } from '#contracts';

type Offer = Pick<OfferDetail, 'entersBy'> & {
  readonly [Kind in 'pages' | 'documents' | 'social']: readonly unknown[];
};

/** What makes contacts enter that are on no list, and have opened no page. */
const RULES: readonly string[] = ['event', 'field', 'date'];

/**
 * How people enter a launch without a list: through what the campaign shows to
 * anybody, by its rules, or both. `none`: nobody could enter.
 */
export function waysWithoutList({
  pages,
  documents,
  social,
  entersBy,
}: Offer): 'links' | 'rules' | 'linksAndRules' | 'none' {
  const hasLinks = pages.length + documents.length + social.length > 0;
  const hasRules = entersBy.some((kind) => RULES.includes(kind));
  if (hasLinks) return hasRules ? 'linksAndRules' : 'links';
  return hasRules ? 'rules' : 'none';
}

/** Whether a launch is of use although nobody of its lists enters at the start. */
export const takesPeopleLater = ({ entersBy }: Pick<Offer, 'entersBy'>): boolean =>
  entersBy.some((kind) => kind !== 'launch');
