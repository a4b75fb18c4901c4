import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  newId,
  type PartnerActor,
  type PartnerGroupId,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { type GroupRule, MembershipInvitations, Organisations, PartnerGroups } from '#organisations';
import type { TestModule } from '../../../test/support/test-module.js';
import { type Action, actionBy } from './action.js';
import { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';

const SYSTEM = systemActor('test');

/**
 * A vendor with a programme, one active partner in it and a group of all
 * partners.
 */
export interface VendorWithPartners {
  readonly vendor: VendorActor;
  readonly partner: PartnerActor;
  readonly groupId: PartnerGroupId;
}

export async function aVendorWithPartners({ app }: TestModule, rule: GroupRule = {}): Promise<VendorWithPartners> {
  const organisations = app.get(Organisations);
  const invitations = app.get(MembershipInvitations);
  const place = { countryCode: 'GB', timeZone: 'Europe/London' };
  const vendorId = (await organisations.create(SYSTEM, { kind: 'vendor', name: 'Northwind', ...place })) as VendorId;
  const person = { userId: newId<VendorActor['userId'] & string>(), apiKeyId: null };
  const vendor: VendorActor = { kind: 'vendor', vendorId, role: 'owner', name: 'Maya', ...person };
  const programmeId = await organisations.createProgramme(SYSTEM, vendorId, 'Programme');
  const partnerId = (await organisations.create(SYSTEM, {
    kind: 'partner',
    name: 'Brightwater',
    ...place,
  })) as PartnerId;
  await invitations.invite(vendor, { programmeId, partnerId, tier: 'gold', region: 'emea' });
  await invitations.join(SYSTEM, partnerId);
  const groupId = await app.get(PartnerGroups).create(vendor, { programmeId, name: 'Some', rule });
  const partner: PartnerActor = {
    kind: 'partner',
    partnerId,
    role: 'owner',
    name: 'Olivia',
    userId: newId(),
    apiKeyId: null,
  };
  return { vendor, partner, groupId };
}

const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/**
 * A stored version, brought to a status by its own methods; its blobs are names
 * only.
 */
export async function aStoredVersion(
  { app }: TestModule,
  { vendor, groupId }: Pick<VendorWithPartners, 'vendor' | 'groupId'>,
  options: {
    status?: 'draft' | 'in-review' | 'published' | 'retired';
    campaignId?: CampaignId;
    number?: number;
    opensOn?: string;
    closesOn?: string;
    /** Empty: for all partners. */
    groupIds?: readonly PartnerGroupId[];
  } = {},
): Promise<CampaignVersion> {
  const rows = app.get(CampaignsRepository);
  const { status = 'published', number = 1, opensOn = later(0), closesOn = later(30) } = options;
  const now = new Date();
  const alan: Action = { userId: newId(), byKey: false, name: 'Alan', at: now };
  return app.get(Database).inTransaction(vendor, async () => {
    const campaignId = options.campaignId ?? newId<CampaignId>();
    if (options.campaignId === undefined)
      await rows.add({
        id: campaignId,
        vendorId: vendor.vendorId,
        name: `campaign-${campaignId}`,
        createdAt: now,
        archivedAt: null,
        templateHash: null,
        tags: [],
        purpose: 'campaign',
        frozenAt: null,
      });
    const ids = { id: newId<CampaignVersionId>(), campaignId, vendorId: vendor.vendorId, number };
    const content = {
      packageHash: 'p',
      compiledHash: 'c',
      title: { en: 'Edge' },
      summary: { en: 'Edge' },
      theme: 'security',
      locales: ['en'],
      warnings: [],
    };
    const version = CampaignVersion.draft(ids, content, actionBy(vendor, now));
    await rows.save(version);
    if (status === 'draft') return version;
    version.submit(actionBy(vendor, now));
    await rows.save(version);
    if (status === 'in-review') return version;
    version.approve(alan, { onlyApprover: false });
    version.publish({ partnerGroupIds: options.groupIds ?? [groupId], opensOn, closesOn }, 'm', actionBy(vendor, now));
    await rows.publish(version);
    if (status === 'published') return version;
    version.end(status, now, null);
    await rows.save(version);
    return version;
  });
}
