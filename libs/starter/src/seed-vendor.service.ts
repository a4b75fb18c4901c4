import { Injectable } from '@nestjs/common';
import { ReminderSettings } from '#activations';
import { BrandKits } from '#brand';
import type { Role } from '#identity';
import { ApplicationForms } from '#joining';
import {
  notFound,
  type PartnerAttributeId,
  type PartnerGroupId,
  type UserId,
  type VendorId,
  vendorProcess,
} from '#kernel';
import { Organisations, type PartnerAttribute, PartnerAttributes, PartnerGroups } from '#organisations';
import { SEED } from './seed-actor.js';
import { logoBytes, type Seed } from './seed-file.js';
import { SeedLibrary } from './seed-library.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';
import { SeedUsers } from './seed-users.service.js';

/** The sample vendor: organisation, programme, partner groups and users. */
@Injectable()
export class SeedVendor {
  constructor(
    private readonly organisations: Organisations,
    private readonly partnerAttributes: PartnerAttributes,
    private readonly partnerGroups: PartnerGroups,
    private readonly users: SeedUsers,
    private readonly kits: BrandKits,
    private readonly forms: ApplicationForms,
    private readonly reminders: ReminderSettings,
    private readonly library: SeedLibrary,
  ) {}

  async create(seed: Seed, passwordHash: string): Promise<SeededVendor> {
    const { name, countryCode, timeZone, programme, people } = seed.vendor;
    const vendorId = (await this.organisations.create(SEED, {
      kind: 'vendor',
      name,
      countryCode,
      timeZone,
      isSample: true,
    })) as VendorId;
    const programmeId = await this.organisations.createProgramme(SEED, vendorId, programme);
    const attributes = await this.defineAttributes(seed, vendorId);
    const groups = new Map<string, PartnerGroupId>();
    for (const { name: group, rule, certified } of seed.groups) {
      const conditions = certified === undefined ? [] : [holdsNow(attributes, certified)];
      const input = { programmeId, name: group, rule: conditions.length === 0 ? rule : { ...rule, conditions } };
      groups.set(group, await this.partnerGroups.create(SEED, input));
    }
    const users = new Map<Role, UserId>();
    for (const person of people)
      users.set(person.role, await this.users.create(person.email, person.name, passwordHash, vendorId, person.role));
    return { vendorId, programmeId, groups, attributes, users };
  }

  private async defineAttributes(seed: Seed, vendorId: VendorId): Promise<ReadonlyMap<string, PartnerAttribute>> {
    const process = vendorProcess(SEED.name, vendorId);
    for (const { options, ...attribute } of seed.attributes)
      await this.partnerAttributes.create(process, { ...attribute, options: options.map((label) => ({ label })) });
    return new Map((await this.partnerAttributes.list(process)).map((one) => [one.name, one]));
  }

  /** Its logo, its colour and a small library. */
  async equip(seed: Seed, vendor: SeededVendor): Promise<void> {
    await Promise.all([this.brand(seed, vendor), this.library.fill(seed, vendor)]);
  }

  private async brand(seed: Seed, vendor: SeededVendor): Promise<void> {
    const { people, logo, colour } = seed.vendor;
    const marketer = people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    await this.kits.edit(actor, 0, colour);
    await this.kits.replaceLogo(actor, logoBytes(logo));
  }

  /** Opens its application form, and turns reminders of the first launch on. */
  async welcomePartners(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    await this.forms.save(actor, { ...seed.applicationForm, isOpen: true }, null);
    await this.reminders.save(actor, seed.onboardingReminders, null);
  }
}

function holdsNow(attributes: ReadonlyMap<string, PartnerAttribute>, name: string) {
  const attributeId: PartnerAttributeId | undefined = attributes.get(name)?.id;
  if (attributeId === undefined) throw notFound('partner-attribute', name);
  return { on: 'certified', attributeId, forDays: 0, not: false } as const;
}
