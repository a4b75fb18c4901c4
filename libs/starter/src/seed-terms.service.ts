import { Injectable } from '@nestjs/common';
import { PartnerTerms, ProgrammeTerms } from '#joining';
import { Clock, DAY_MS, type VendorActor } from '#kernel';
import type { Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import type { SeededVendor } from './seeded-vendor.js';

/** The sample vendor's programme terms, and the partners that have accepted them. */
@Injectable()
export class SeedTerms {
  constructor(
    private readonly terms: ProgrammeTerms,
    private readonly partnerTerms: PartnerTerms,
    private readonly clock: Clock,
  ) {}

  async add({ vendor, terms }: Seed, seeded: SeededVendor, partners: readonly SeededPartner[]): Promise<void> {
    const { acceptInDays, texts, isRequired } = terms;
    const day = (ahead: number): string =>
      new Date(this.clock.now().getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    const owner: VendorActor = {
      kind: 'vendor',
      vendorId: seeded.vendorId,
      role: 'owner',
      userId: seeded.users.get('owner') ?? null,
      apiKeyId: null,
      name: vendor.people.find(({ role }) => role === 'owner')?.name ?? vendor.name,
    };
    const version = { number: 1, texts, isRequired, effectiveOn: day(0), acceptBy: day(acceptInDays) };
    await this.terms.publish(owner, version);
    for (const { partner, actor } of partners)
      if (!partner.invited && partner.acceptsTerms)
        await this.partnerTerms.accept(actor, seeded.vendorId, {
          number: 1,
          language: partner.language.startsWith('de') ? 'de' : 'en',
        });
  }
}
