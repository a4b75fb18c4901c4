import { Injectable } from '@nestjs/common';
import { BrandProfiles, Logos } from '#brand';
import type { PartnerActor } from '#kernel';
import { contrast } from '#rendering';
import { logoBytes, type SeedPartner } from './seed-file.js';

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
      contact: { name: partner.person, title: partner.title, phone: partner.phone ?? null, email: partner.email },
      colours:
        colours === undefined
          ? null
          : { ...colours, onPrimary: on(colours.primary), onSecondary: on(colours.secondary) },
      locales: {},
    });
    if (partner.logo !== undefined) await this.logos.replace(actor, logoBytes(partner.logo));
  }
}
