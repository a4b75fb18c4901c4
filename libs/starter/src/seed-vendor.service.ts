import { Injectable } from '@nestjs/common';
import type { Role } from '#identity';
import type { PartnerGroupId, ProgrammeId, UserId, VendorActor, VendorId } from '#kernel';
import { Organisations, PartnerGroups } from '#organisations';
import { SEED } from './seed-actor.js';
import type { Seed } from './seed-file.js';
import { SeedUsers } from './seed-users.service.js';

export interface SeededVendor {
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly groups: ReadonlyMap<string, PartnerGroupId>;
  readonly users: ReadonlyMap<Role, UserId>;
}

/** The sample vendor: organisation, programme, partner groups and users. */
@Injectable()
export class SeedVendor {
  constructor(
    private readonly organisations: Organisations,
    private readonly partnerGroups: PartnerGroups,
    private readonly users: SeedUsers,
  ) {}

  async create(seed: Seed, passwordHash: string): Promise<SeededVendor> {
    const { people, programme, ...organisation } = seed.vendor;
    const vendorId = (await this.organisations.create(SEED, { kind: 'vendor', ...organisation })) as VendorId;
    const programmeId = await this.organisations.createProgramme(SEED, vendorId, programme);
    const groups = new Map<string, PartnerGroupId>();
    for (const group of seed.groups)
      groups.set(group.name, await this.partnerGroups.create(SEED, { programmeId, ...group }));
    const users = new Map<Role, UserId>();
    for (const person of people)
      users.set(person.role, await this.users.create(person.email, person.name, passwordHash, vendorId, person.role));
    return { vendorId, programmeId, groups, users };
  }
}

/** The actor of one of the vendor's sample people. */
export const actorOf = (
  { vendorId, users }: SeededVendor,
  role: 'marketer' | 'approver',
  name: string,
): VendorActor => ({ kind: 'vendor', vendorId, role, userId: users.get(role) ?? null, apiKeyId: null, name });
