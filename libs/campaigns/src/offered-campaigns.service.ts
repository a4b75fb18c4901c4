import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DomainError,
  notFound,
  type PartnerActor,
  type PartnerId,
} from '#kernel';
import { mayLaunch, Memberships, PartnerGroups } from '#organisations';
import type { PartnerScope } from './availability.js';
import type { PlainVersion } from './campaign-version.js';
import { changesOf, plainVersions, publishedVersion, testWinnerOf, withGroups } from './campaigns.repository.js';
import { type OfferActor, type OfferedVersion, type PublishedVersion, publishedView } from './published-version.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';

/** Campaigns that vendors offer to a partner. */
@Injectable()
export class OfferedCampaigns {
  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly groups: PartnerGroups,
    private readonly recalls: RecallsInForce,
    private readonly clock: Clock,
  ) {}

  /**
   * The newest version of each campaign that the partner may launch today with
   * its groups. The version that was published last comes first.
   */
  async list(actor: OfferActor, today: Date): Promise<OfferedVersion[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const published = await plainVersions(this.database, {
        where: { status: 'published' },
        order: { publishedAt: 'DESC', id: 'DESC' },
      });
      const open = await withGroups(
        this.database,
        published.filter((version) => version.isLaunchable(today)),
      );
      const belonging = await this.partnerScope(actor, partnerId);
      const isRecalled = await this.recalls.recalledLaunches(open);
      const newest = new Map<CampaignId, PlainVersion>();
      for (const version of open) {
        if (!version.isFor(belonging) || isRecalled(version.id, partnerId)) continue;
        if ((newest.get(version.campaignId)?.number ?? 0) < version.number) newest.set(version.campaignId, version);
      }
      return [...newest.values()].map((version) => publishedView(version, []));
    });
  }

  /**
   * A version that the partner may run, in any status and window.
   * @throws DomainError `campaign-version.not-found` for drafts, for versions
   *   of other programmes and for versions that are not published to the
   *   partner.
   */
  async version(actor: OfferActor, versionId: CampaignVersionId): Promise<PublishedVersion> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const version = await publishedVersion(this.database, versionId);
      await withGroups(this.database, [version]);
      if (!version.isFor(await this.partnerScope(actor, partnerId))) throw notFound('campaign-version', versionId);
      const recalls = await this.recalls.ofVersion(actor, versionId, partnerId);
      return publishedView(version, recalls, await testWinnerOf(this.database, versionId));
    });
  }

  /**
   * Lets the vendor neither end the campaign or its launches nor the
   * partnership until the open transaction ends. What it has stored by then,
   * the end finds.
   */
  async postponeEnd(
    { partnerId }: Pick<PartnerActor, 'partnerId'>,
    { campaignId, vendorId }: Pick<OfferedVersion, 'campaignId' | 'vendorId'>,
  ): Promise<void> {
    await this.memberships.postponeEnd(partnerId, vendorId);
    await this.database.lockShared(changesOf(campaignId));
  }

  /** The groups whose rule the partner meets today, and its vendors. */
  private async partnerScope(actor: OfferActor, partnerId: PartnerId): Promise<PartnerScope> {
    const groups = await this.groups.groupsOf(actor, partnerId);
    const now = this.clock.now();
    const all = await this.memberships.allOfPartner(actor, partnerId);
    // The job that ends a membership on its day may be late.
    const own = all.filter((member) => mayLaunch(member, now));
    return { groups, vendors: new Set(own.map(({ vendorId }) => vendorId)) };
  }
}

function partnerOf(actor: OfferActor): PartnerId {
  if (actor.partnerId !== null) return actor.partnerId;
  throw new DomainError(
    'offer.partner-missing',
    'Name the partner that campaigns are offered to.',
    {},
    { kind: 'forbidden' },
  );
}
