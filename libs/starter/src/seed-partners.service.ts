import { Injectable } from '@nestjs/common';
import { VerifiedHosts } from '#brand';
import type { ContactListId, PartnerActor, PartnerId } from '#kernel';
import { MembershipInvitations, Organisations } from '#organisations';
import { SEED } from './seed-actor.js';
import { SeedBrands } from './seed-brands.service.js';
import { SeedConsents } from './seed-consents.service.js';
import { SeedContactLists } from './seed-contact-lists.service.js';
import type { Seed, SeedPartner } from './seed-file.js';
import { SeedUsers } from './seed-users.service.js';
import type { SeededVendor } from './seeded-vendor.js';

export interface SeededPartner {
  readonly partner: SeedPartner;
  readonly actor: PartnerActor;
  /** Null: the partner is invited and has not joined. */
  readonly listId: ContactListId | null;
}

/** The sample partners: organisation, membership, user, brand and contacts. */
@Injectable()
export class SeedPartners {
  constructor(
    private readonly organisations: Organisations,
    private readonly membershipInvitations: MembershipInvitations,
    private readonly consents: SeedConsents,
    private readonly hosts: VerifiedHosts,
    private readonly users: SeedUsers,
    private readonly brands: SeedBrands,
    private readonly contactLists: SeedContactLists,
  ) {}

  async create(seed: Seed, vendor: SeededVendor, partner: SeedPartner, passwordHash: string): Promise<SeededPartner> {
    const { name, countryCode, timeZone, tier, region } = partner;
    const partnerId = (await this.organisations.create(SEED, {
      kind: 'partner',
      name,
      countryCode,
      timeZone,
      isSample: true,
    })) as PartnerId;
    await this.membershipInvitations.invite(SEED, { programmeId: vendor.programmeId, partnerId, tier, region });
    const userId = partner.invited
      ? null
      : await this.users.create(partner.email, partner.person, passwordHash, partnerId, 'owner');
    const actor: PartnerActor = {
      kind: 'partner',
      partnerId,
      role: 'owner',
      userId,
      apiKeyId: null,
      name: partner.person,
    };
    if (partner.invited) return { partner, actor, listId: null };
    await this.membershipInvitations.join(SEED, partnerId);
    // As if that user had accepted the invitation.
    await this.hosts.recordMailbox(SEED, partnerId, partner.email);
    await this.consents.give(actor, vendor, partner);
    await this.brands.fill(actor, partner);
    return { partner, actor, listId: await this.contactLists.create(actor, seed, partner) };
  }
}
