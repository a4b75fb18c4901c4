import { Injectable } from '@nestjs/common';
import { BrandProfiles, isLegalPageNeeded, type LegalPage, Logos } from '#brand';
import type { PartnerActor } from '#kernel';
import { contrast } from '#rendering';
import { logoBytes, type SeedPartner } from './seed-file.js';

const LEGAL_PAGES = {
  privacyUrl: { de: 'datenschutz', fr: 'confidentialite' },
  imprintUrl: { de: 'impressum', fr: 'mentions-legales' },
} as const;

/** Where the law of its country asks for the page. */
function legalPage({ key, countryCode, language }: SeedPartner, page: LegalPage): string | null {
  if (!isLegalPageNeeded(page, countryCode)) return null;
  const names: Readonly<Partial<Record<string, string>>> = LEGAL_PAGES[page];
  return `https://www.${key}.example/${names[language] ?? (page === 'privacyUrl' ? 'privacy' : 'legal')}`;
}

/** Brand profiles of the sample partners. */
@Injectable()
export class SeedBrands {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly logos: Logos,
  ) {}

  async fill(actor: PartnerActor, partner: SeedPartner): Promise<void> {
    const { version } = await this.profiles.current(actor);
    const on = (colour: string): string => (contrast(colour, '#ffffff') >= 4.5 ? '#ffffff' : '#111827');
    const { colours } = partner;
    await this.profiles.edit(actor, version, {
      name: partner.name,
      legalName: partner.legalName ?? partner.name,
      legalLine: partner.legalLine ?? null,
      postalAddress: partner.address ?? null,
      countryCode: partner.countryCode,
      timeZone: partner.timeZone,
      website: `https://www.${partner.key}.example`,
      privacyUrl: legalPage(partner, 'privacyUrl'),
      imprintUrl: legalPage(partner, 'imprintUrl'),
      contact: { name: partner.person, title: partner.title, phone: partner.phone ?? null, email: partner.email },
      colours:
        colours === undefined
          ? null
          : { ...colours, onPrimary: on(colours.primary), onSecondary: on(colours.secondary) },
      locales: {},
    });
    if (partner.logo !== undefined) await this.logos.replace(actor, logoBytes(partner.logo));
    if (partner.logoForDark !== undefined)
      await this.logos.replaceVariant(actor, 'dark', logoBytes(partner.logoForDark));
  }
}
