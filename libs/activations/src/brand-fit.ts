import { type BrandProfile, missing } from '#brand';
import type { CompiledCampaign } from '#content';
import { contrastProblems, type ContrastProblem } from '#rendering';

/** Something a brand profile lacks before a campaign can be launched in it. */
export interface Lack {
  /** `colours.link` */
  readonly field: string;
  readonly sentence: string;
  /** Set where a colour cannot be read in this campaign. */
  readonly contrast?: Pick<ContrastProblem, 'pair' | 'ratio' | 'suggestion'> & { readonly tactic: string };
}

/** A lack in a list of several: "A logo", "colours.link that can be read in emails.welcome". */
export const inShort = ({ field, sentence, contrast }: Lack): string =>
  contrast === undefined ? sentence.replace(/[:.].*$/, '') : `${field} that can be read in ${contrast.tactic}`;

/** What a profile lacks for a campaign: what every campaign needs, and colours that can be read wherever this one puts them. */
export function lacksFor({ definition, emails, pages }: CompiledCampaign, profile: BrandProfile): Lack[] {
  const lacks = new Map(missing(profile).map((lack): [string, Lack] => [lack.field, lack]));
  const brand = profile.colours ?? definition.brand.defaults;
  const parts = [
    ...emails.map(({ key, masters }) => ({ tactic: `emails.${key}`, masters })),
    ...pages.map(({ key, masters }) => ({ tactic: `pages.${key}`, masters })),
  ];
  for (const { tactic, masters } of parts)
    for (const { path, message, wayOut, ...contrast } of Object.values(masters).flatMap((master) =>
      contrastProblems(master, brand),
    )) {
      const field = path.replace('brand.', 'colours.');
      const known = lacks.get(field);
      if (known !== undefined && (known.contrast?.ratio ?? 0) <= contrast.ratio) continue;
      lacks.set(field, { field, sentence: `${tactic}: ${message} ${wayOut}`, contrast: { tactic, ...contrast } });
    }
  return [...lacks.values()];
}
