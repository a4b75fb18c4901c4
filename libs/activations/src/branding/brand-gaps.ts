import { type BrandProfile, type Missing, missing } from '#brand';
import type { CampaignDigest } from '#content';
import { type ContrastProblem, problemsOfPairs } from '#rendering';

/** Something a brand profile lacks before a campaign can be launched in it. */
export interface BrandGap extends Missing {
  /** Set where a colour cannot be read in this campaign. */
  readonly contrast?: Pick<ContrastProblem, 'pair' | 'ratio' | 'suggestion'> & { readonly tactic: string };
}

/**
 * A gap in a list of several: "A logo", "colours.link that can be read in
 * emails.welcome".
 */
export const inShort = ({ field, sentence, contrast }: BrandGap): string =>
  contrast === undefined ? (sentence.split(/[:.]/, 1)[0] ?? '') : `${field} that can be read in ${contrast.tactic}`;

/**
 * What a profile lacks for a campaign: required fields, and readable colours in
 * each place.
 */
export function brandGaps({ shades, colours }: CampaignDigest, profile: BrandProfile): BrandGap[] {
  const lacks = new Map(missing(profile).map((lack): [string, BrandGap] => [lack.field, lack]));
  const brand = profile.colours ?? shades;
  for (const { tactic, masters } of colours)
    for (const { path, message, remedy, ...contrast } of masters.flatMap((pairs) => problemsOfPairs(pairs, brand))) {
      const field = path.replace('brand.', 'colours.');
      const known = lacks.get(field);
      if (known !== undefined && (known.contrast?.ratio ?? 0) <= contrast.ratio) continue;
      lacks.set(field, { field, sentence: `${tactic}: ${message} ${remedy}`, contrast: { tactic, ...contrast } });
    }
  return [...lacks.values()];
}
