import { Injectable } from '@nestjs/common';
import { Launch, type LaunchRequest } from '#activations';
import { NO_CHOICES } from '#sequencing';
import { BrandProfiles, Logos, VerifiedHosts } from '#brand';
import { CampaignDrafts, CampaignPublication, CampaignReview, PublishedCampaigns } from '#campaigns';
import { ContactLists, Contacts } from '#contacts';
import { contrast } from '#rendering';
import { readPackage, writeZip } from '#content';
import { Database } from '#database';
import { Accounts, hashPassword, type Role } from '#identity';
import {
  Clock,
  type ContactListId,
  DomainError,
  type OrganisationId,
  type PartnerActor,
  type PartnerGroupId,
  type PartnerId,
  type ProgrammeId,
  systemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships, Organisations, PartnerGroups } from '#organisations';
import { campaignFolder, logoBytes, readSeed, type Seed, seedContacts, type SeedPartner } from './seed-file.js';

const SEED = systemActor('seed');

export interface DemoSignIn {
  readonly email: string;
  readonly password: string;
  readonly who: string;
}

export type ShowStep = <T>(title: string, work: () => Promise<T>) => Promise<T>;

interface Vendor {
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly groups: ReadonlyMap<string, PartnerGroupId>;
  readonly users: ReadonlyMap<Role, UserId>;
}

/** @throws Error if the seed names a group that it does not define. */
function groupNamed({ groups }: Vendor, name: string): PartnerGroupId {
  const id = groups.get(name);
  if (id === undefined)
    throw new Error(`A campaign of the seed names the partner group "${name}", which it does not make.`);
  return id;
}

/** Seeds an empty installation through the same services that people use. */
@Injectable()
export class Starter {
  // More constructor parameters than elsewhere, because it uses each part of
  // the product once.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly partnerGroups: PartnerGroups,
    private readonly accounts: Accounts,
    private readonly drafts: CampaignDrafts,
    private readonly review: CampaignReview,
    private readonly publication: CampaignPublication,
    private readonly published: PublishedCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly logos: Logos,
    private readonly hosts: VerifiedHosts,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly launching: Launch,
  ) {}

  /**
   * Seeds once. An installation with an organisation is not changed.
   * @returns the accounts to sign in with.
   */
  async seed(show: ShowStep): Promise<DemoSignIn[]> {
    const seed = readSeed();
    if (await this.isEmpty()) await this.fill(seed, show);
    const demo = (email: string, who: string): DemoSignIn => ({ email, password: seed.password, who });
    return [
      demo('maya@northwind.example', 'vendor marketer, Northwind Systems'),
      demo('arun@northwind.example', 'vendor approver, Northwind Systems'),
      demo('olivia@brightwater.example', 'partner owner, Brightwater IT'),
      demo('jonas@kessler.example', 'partner owner, Kessler Systemhaus'),
    ];
  }

  private async isEmpty(): Promise<boolean> {
    const rows = await this.database.inTransaction(SEED, () =>
      this.database.query('SELECT 1 FROM organisations.organisation_view LIMIT 1'),
    );
    return rows.length === 0;
  }

  private async fill(seed: Seed, show: ShowStep): Promise<void> {
    const passwordHash = await hashPassword(seed.password);
    const vendor = await show('Founding a vendor', () => this.vendor(seed, passwordHash));
    await show(`Publishing ${seed.campaigns.length} campaigns`, async () => {
      for (const { name, groups } of seed.campaigns) await this.publish(vendor, name, groups);
    });
    const partners = await show(`Welcoming ${seed.partners.length} partners`, async () => {
      const made: { partner: SeedPartner; actor: PartnerActor; listId: ContactListId | null }[] = [];
      for (const partner of seed.partners) made.push(await this.partner(seed, vendor, partner, passwordHash));
      return made;
    });
    await show('Launching a first campaign', () => this.launchFirst(partners));
  }

  private async vendor(seed: Seed, passwordHash: string): Promise<Vendor> {
    const { people, programme, ...organisation } = seed.vendor;
    const vendorId = (await this.organisations.create(SEED, { kind: 'vendor', ...organisation })) as VendorId;
    const programmeId = await this.organisations.createProgramme(SEED, vendorId, programme);
    const groups = new Map<string, PartnerGroupId>();
    for (const group of seed.groups)
      groups.set(group.name, await this.partnerGroups.create(SEED, { programmeId, ...group }));
    const users = new Map<Role, UserId>();
    for (const person of people)
      users.set(person.role, await this.user(person.email, person.name, passwordHash, vendorId, person.role));
    return { vendorId, programmeId, groups, users };
  }

  private async user(
    email: string,
    name: string,
    passwordHash: string | null,
    organisationId: OrganisationId,
    role: Role,
  ): Promise<UserId> {
    const userId = await this.accounts.ensureUser(SEED, { email, name, passwordHash, locale: 'en' });
    await this.accounts.assign(SEED, userId, organisationId, role);
    return userId;
  }

  private async publish(vendor: Vendor, name: string, groups: readonly string[]): Promise<void> {
    const read = await readPackage({ folder: campaignFolder(name) });
    if (!read.ok)
      throw new DomainError('seed.package', `The shipped campaign ${name} has mistakes.`, { problems: read.problems });
    const as = (role: 'marketer' | 'approver', person: string): VendorActor => ({
      kind: 'vendor',
      vendorId: vendor.vendorId,
      role,
      userId: vendor.users.get(role) ?? null,
      apiKeyId: null,
      name: person,
    });
    const { campaignId } = await this.drafts.create(as('marketer', 'Maya Lindqvist'), await writeZip(read.pkg));
    await this.review.submit(as('marketer', 'Maya Lindqvist'), campaignId, 1);
    await this.review.approve(as('approver', 'Arun Mehta'), campaignId, 1);
    const day = (ahead: number): string =>
      new Date(this.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    await this.publication.publish(as('marketer', 'Maya Lindqvist'), campaignId, 1, {
      partnerGroupIds: groups.map((group) => groupNamed(vendor, group)),
      opensOn: day(0),
      closesOn: day(180),
    });
  }

  private async partner(
    seed: Seed,
    vendor: Vendor,
    partner: SeedPartner,
    passwordHash: string,
  ): Promise<{ partner: SeedPartner; actor: PartnerActor; listId: ContactListId | null }> {
    const { name, countryCode, timeZone, tier, region } = partner;
    const partnerId = (await this.organisations.create(SEED, {
      kind: 'partner',
      name,
      countryCode,
      timeZone,
    })) as PartnerId;
    await this.memberships.invite(SEED, { programmeId: vendor.programmeId, partnerId, tier, region });
    const userId = partner.invited
      ? null
      : await this.user(partner.email, partner.person, passwordHash, partnerId, 'owner');
    const actor: PartnerActor = {
      kind: 'partner',
      partnerId,
      role: 'owner',
      userId,
      apiKeyId: null,
      name: partner.person,
    };
    if (partner.invited) return { partner, actor, listId: null };
    await this.memberships.join(SEED, partnerId);
    // As if that user had accepted the invitation.
    await this.hosts.recordMailbox(SEED, partnerId, partner.email);
    await this.brand(actor, partner);
    return { partner, actor, listId: await this.people(actor, seed, partner) };
  }

  private async brand(actor: PartnerActor, partner: SeedPartner): Promise<void> {
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

  private async people(actor: PartnerActor, seed: Seed, partner: SeedPartner): Promise<ContactListId> {
    const { id: listId } = await this.lists.create(actor, { name: 'Customers', isDefault: true });
    const bases = ['customer', 'customer', 'opt-in', 'customer', 'legitimate-interest', 'unknown'] as const;
    for (const [at, contact] of seedContacts(seed, partner).entries()) {
      await this.contacts.create(actor, {
        ...contact,
        country: partner.countryCode,
        listIds: [listId],
        consent: { basis: bases[at % bases.length] ?? 'customer', evidence: 'Customer database' },
      });
    }
    return listId;
  }

  private async launchFirst(
    partners: readonly { partner: SeedPartner; actor: PartnerActor; listId: ContactListId | null }[],
  ): Promise<void> {
    const first = partners.find(({ partner }) => partner.key === 'cascade');
    if (first?.listId == null) return;
    const [version] = await this.published.offeredTo(first.actor, this.clock.now());
    if (version === undefined) return;
    const request: LaunchRequest = {
      versionId: version.versionId,
      listId: first.listId,
      startAt: null,
      locale: null,
      slots: {},
      choices: NO_CHOICES,
      idempotencyKey: 'seeded-first-launch',
    };
    // The first launch of an empty installation: no contact has received
    // anything yet.
    await this.launching.launch(first.actor, request, { reachedAmong: () => Promise.resolve(new Set()) });
  }
}
