import { provenWebsite } from '#brand';
import type { CampaignDefinition } from '#content';
import type { LinkTarget } from '#engagement';
import { DECOY_LINK, LEGAL_LINKS } from '#rendering';

interface LinkSource {
  readonly compiled: { readonly definition: Pick<CampaignDefinition, 'links'> };
  readonly profile: Parameters<typeof provenWebsite>[0];
  /** URL of the landing page. */
  readonly page: string;
}

/**
 * Where the links of a campaign lead for one partner. An unproved website is
 * replaced by the landing page.
 */
export function campaignLinks({ compiled, profile, page }: LinkSource): LinkTarget[] {
  return Object.entries(compiled.definition.links).map(([name, link]): LinkTarget => {
    switch (link.kind) {
      case 'target':
        return { name, url: link.target };
      case 'partner':
        return { name, url: provenWebsite(profile) ?? page };
      case 'page':
        return { name, url: page };
      case 'document':
        return { name, url: `${page}/documents/${link.document}.pdf` };
    }
  });
}

/**
 * Where the links to the company's legal pages lead: to addresses of ours, which
 * forward to the pages that the brand profile names at that time.
 * @param page URL of the landing page.
 */
export const legalLinks = (page: string): LinkTarget[] =>
  LEGAL_LINKS.map((name): LinkTarget => ({ name, url: `${page}/${name}` }));

/**
 * Whether a link leads to what is the partner's own: its website or a legal
 * page. It does so after a recall, too.
 */
export const isPartnersOwn = (name: string, { links }: Pick<CampaignDefinition, 'links'>): boolean =>
  name === DECOY_LINK || LEGAL_LINKS.some((legal) => legal === name) || links[name]?.kind === 'partner';

/**
 * Tracked links of an activation: its campaign's, and those of every e-mail.
 */
export function linkTargets(source: LinkSource): LinkTarget[] {
  const website = provenWebsite(source.profile) ?? source.page;
  return [...campaignLinks(source), ...legalLinks(source.page), { name: DECOY_LINK, url: website }];
}
