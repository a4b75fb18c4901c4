import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  groupBy,
  type PartnerGroupId,
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import { PartnerGroups } from '#organisations';
import type { BlobHash } from '#storage';
import type { PlainVersion } from './campaign-version.js';
import { plainVersions, publishedVersion, withGroups } from './campaigns.repository.js';
import { type OfferedVersion, publishedView } from './published-version.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';

/** A campaign, its newest content that was published, and who may run it. */
interface CampaignAudience {
  readonly campaignId: CampaignId;
  readonly compiledHash: BlobHash;
  readonly partnerIds: ReadonlySet<PartnerId>;
}

/** A version, and the partners for which it is the newest that they may launch today. */
export interface OfferToday extends OfferedVersion {
  readonly partnerIds: readonly PartnerId[];
}

/** The partners that campaigns are offered to. */
@Injectable()
export class CampaignAudiences {
  constructor(
    private readonly database: Database,
    private readonly groups: PartnerGroups,
    private readonly recalls: RecallsInForce,
  ) {}

  /**
   * Partners that a published version is offered to, by their groups of today.
   */
  async audienceOf(
    actor: SystemActor,
    versionId: CampaignVersionId,
  ): Promise<{ readonly vendorId: VendorId; readonly partnerIds: readonly PartnerId[] }> {
    return this.database.inTransaction(actor, async () => {
      const version = await publishedVersion(this.database, versionId);
      const { vendorId, forEveryone } = version;
      if (forEveryone) return { vendorId, partnerIds: await this.partnersOf(vendorId) };
      await withGroups(this.database, [version]);
      return { vendorId, partnerIds: [...(await this.membersOfGroups(actor, version.partnerGroupIds))] };
    });
  }

  /**
   * What `OfferedCampaigns.list` is for each partner, for all partners of all vendors: one
   * query per version that can be launched today.
   * @param campaignIds null: all campaigns.
   */
  async offersToday(actor: SystemActor, today: Date, campaignIds: readonly CampaignId[] | null): Promise<OfferToday[]> {
    return this.database.inTransaction(actor, async () => {
      const published = await plainVersions(this.database, {
        where: { status: 'published', ...(campaignIds === null ? {} : { campaignId: In([...campaignIds]) }) },
        order: { number: 'DESC' },
      });
      const isRecalled = await this.recalls.recalledLaunches(published);
      const taken = new Map<CampaignId, Set<PartnerId>>();
      const offers: OfferToday[] = [];
      for (const version of published.filter((one) => one.isLaunchable(today))) {
        const known = taken.get(version.campaignId) ?? new Set();
        taken.set(version.campaignId, known);
        const { partnerIds } = await this.audienceOf(actor, version.id);
        const added = partnerIds.filter((id) => !known.has(id) && !isRecalled(version.id, id));
        for (const id of added) known.add(id);
        offers.push({ ...publishedView(version, []), partnerIds: added });
      }
      return offers;
    });
  }

  /**
   * The campaigns of a vendor that were ever published, newest first, with the
   * partners that they are offered to today: by all published versions, or by
   * the last one if all have ended.
   * @param launchableOn only by versions that can be launched on that day.
   */
  async ofVendor(
    actor: SystemActor,
    vendorId: VendorId,
    launchableOn: Date | null = null,
  ): Promise<CampaignAudience[]> {
    return this.database.inTransaction(actor, async () => {
      const found = await plainVersions(this.database, {
        where: { vendorId, publishedAt: Not(IsNull()) },
        order: { number: 'DESC' },
      });
      const versions = await withGroups(this.database, found);
      const used = new Set(versions.flatMap(({ partnerGroupIds }) => partnerGroupIds));
      const groups = (await this.groups.list(actor)).filter(({ id }) => used.has(id));
      const members = await this.groups.membersByGroup(actor, groups);
      const everyone = await this.partnersOf(vendorId);
      const audienceOf = ({ forEveryone, partnerGroupIds }: PlainVersion): readonly PartnerId[] =>
        forEveryone ? everyone : partnerGroupIds.flatMap((id) => members.get(id) ?? []);
      return [...groupBy(versions, ({ campaignId }) => campaignId)]
        .sort(([one], [other]) => (one < other ? 1 : -1))
        .flatMap(([campaignId, [newest, ...others]]) => {
          if (newest === undefined) return [];
          const open = [newest, ...others].filter((version) =>
            launchableOn === null ? version.status === 'published' : version.isLaunchable(launchableOn),
          );
          const counted = open.length === 0 && launchableOn === null ? [newest] : open;
          const partnerIds = new Set(counted.flatMap(audienceOf));
          return [{ campaignId, compiledHash: newest.compiledHash, partnerIds }];
        });
    });
  }

  /** Partners that are in any of these groups today. */
  async membersOfGroups(actor: SystemActor, groupIds: readonly PartnerGroupId[]): Promise<ReadonlySet<PartnerId>> {
    const members = new Set<PartnerId>();
    for (const group of await this.groups.ofIds(actor, groupIds))
      for (const { partnerId } of await this.groups.members(actor, group)) members.add(partnerId);
    return members;
  }

  /** Partners that are in a programme of the vendor today. */
  private async partnersOf(vendorId: VendorId): Promise<PartnerId[]> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT DISTINCT partner_id FROM organisations.membership_view WHERE vendor_id = $1 AND status = 'active'`,
      [vendorId],
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}
