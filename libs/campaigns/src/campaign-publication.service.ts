import { Injectable } from '@nestjs/common';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import { can, requirePermission } from '#identity';
import {
  type CampaignId,
  Clock,
  DomainError,
  type PartnerGroupId,
  type PartnerId,
  type VendorActor,
  type VendorProcess,
} from '#kernel';
import { Organisations, PartnerGroups } from '#organisations';
import { CampaignChanges } from './campaign-changes.service.js';
import { actionBy } from './action.js';
import { type Availability, calendarDate } from './availability.js';
import type { CampaignVersion } from './campaign-version.js';
import { extend, type Extension, requireNotOffered } from './extension.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { CampaignSeals } from './campaign-seals.service.js';
import { requireNotExpired } from './lifetimes/lifetime.js';
import { ReviewMail } from './review-mail.service.js';

/** From an approved version to what partners may run, and the end of it. */
@Injectable()
export class CampaignPublication {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly changes: CampaignChanges,
    private readonly groups: PartnerGroups,
    private readonly organisations: Organisations,
    private readonly seals: CampaignSeals,
    private readonly clock: Clock,
    private readonly mail: ReviewMail,
  ) {}

  /** Seals a version in review before this person publishes it. */
  prepare(actor: VendorActor, version: Pick<CampaignVersion, 'id' | 'status' | 'compiledHash'>): void {
    if (can(actor, 'campaigns.publish')) this.seals.prepare(version);
  }

  /**
   * Publishes and seals an approved version, for partner groups or all
   * partners. Both ends of its window of days are included.
   * @throws DomainError `campaign-version.not-approved`, `asset.recalled`,
   *   `partner-group.not-found`, `availability.window-unusable`,
   *   `campaign.expired`.
   */
  async publish(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    availability: Availability,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.publish');
    return this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number, 'to-change');
      await this.requireNotExpired(campaignId);
      version.requirePublishable();
      const groups = await this.groups.ofIds(actor, availability.partnerGroupIds);
      const manifestHash = await this.seals.seal(actor, version);
      version.publish(availability, manifestHash, actionBy(actor, this.clock.now()));
      await this.rows.publish(version);
      await this.changes.published(
        actor,
        version,
        groups.map(({ name }) => name),
      );
      await this.mail.postDecision(actor, version, 'published', { submitter: version.submittedByUserId });
      return version;
    });
  }

  /**
   * Offers a published version to more partners or for more days, without
   * another approval: its content stays. Idempotent but for the new group.
   * @param newGroup single partners: a group of them is created and added.
   * @throws DomainError `campaign-version.not-extendable`,
   *   `campaign-version.offered-already`,
   *   `availability.shorter`, `availability.window-unusable`,
   *   `partner-group.not-found`, `partner-group.name-taken`,
   *   `partner.not-found`, `campaign.expired`.
   */
  async extend(
    actor: VendorActor,
    { campaignId, number }: { readonly campaignId: CampaignId; readonly number: number },
    extension: Extension,
    newGroup: { readonly name: string; readonly partnerIds: readonly PartnerId[] } | null,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.publish');
    if (newGroup !== null) requirePermission(actor, 'partners.edit');
    return this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number, 'to-change');
      await this.requireNotExpired(campaignId);
      const former = version.forEveryone ? null : version.partnerGroupIds;
      await this.groups.ofIds(actor, extension.partnerGroupIds);
      const partnerGroupIds = [...extension.partnerGroupIds];
      if (newGroup !== null) {
        await this.requireNotOffered(actor, version, newGroup.partnerIds);
        partnerGroupIds.push(await this.createGroup(actor, newGroup));
      }
      const at = this.clock.now();
      const change = extend(version, { ...extension, partnerGroupIds }, at);
      if (change === null) return version;
      await this.rows.extend(version, change);
      const addedGroups = (await this.groups.ofIds(actor, change.addedGroupIds)).map(({ name }) => name);
      await this.changes.extended(actor, { version, change, former, addedGroups, at });
      return version;
    });
  }

  private async requireNotExpired(campaignId: CampaignId): Promise<void> {
    requireNotExpired(await this.rows.lastDay(campaignId), calendarDate(this.clock.now()));
  }

  private async requireNotOffered(
    actor: VendorActor,
    version: CampaignVersion,
    added: readonly PartnerId[],
  ): Promise<void> {
    const groups = version.forEveryone ? [] : await this.groups.ofIds(actor, version.partnerGroupIds);
    const members = await this.groups.membersByGroup(actor, groups);
    const partners = await this.organisations.byIds(actor, added);
    requireNotOffered(
      added,
      version.forEveryone ? null : new Set([...members.values()].flat()),
      (id) => partners.get(id)?.name ?? id,
    );
  }

  private async createGroup(
    actor: VendorActor,
    { name, partnerIds }: { readonly name: string; readonly partnerIds: readonly PartnerId[] },
  ): Promise<PartnerGroupId> {
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    return this.groups.create(actor, { programmeId, name, rule: { partnerIds } });
  }

  /**
   * Retires every published version of a campaign.
   * @param reason what partners are told.
   * @throws DomainError `campaign.not-published` when there is none.
   */
  async retire(actor: VendorActor, campaignId: CampaignId, reason: string | null): Promise<readonly CampaignVersion[]> {
    requirePermission(actor, 'campaigns.retire');
    return this.end(actor, campaignId, reason);
  }

  /** Retires a campaign after its last day. */
  async retireExpired(actor: VendorProcess, campaignId: CampaignId): Promise<void> {
    await this.end(actor, campaignId, null, 'last-day');
  }

  private async end(
    actor: VendorActor | VendorProcess,
    campaignId: CampaignId,
    reason: string | null,
    code: EndCode | null = null,
  ): Promise<readonly CampaignVersion[]> {
    return this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      await this.rows.lock(campaignId);
      const versions = (await this.rows.versions(campaignId)).filter(({ status }) => status === 'published');
      if (versions.length === 0) {
        throw new DomainError(
          'campaign.not-published',
          'No version of this campaign can be retired: none is published.',
          { campaignId },
          { kind: 'conflict' },
        );
      }
      for (const version of versions) {
        version.end('retired', this.clock.now(), reason, code);
        await this.rows.save(version);
      }
      await this.changes.retired(actor, { campaignId, reason, code, versions });
      return versions;
    });
  }

  /**
   * Stops new launches of every published version, or allows them again.
   * Running activations continue. Idempotent.
   * @throws DomainError `campaign.not-published`.
   */
  async setLaunches(actor: VendorActor, campaignId: CampaignId, launches: 'stopped' | 'allowed'): Promise<void> {
    requirePermission(actor, 'campaigns.retire');
    await this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      await this.rows.lock(campaignId);
      const versions = (await this.rows.versions(campaignId)).filter(({ status }) => status === 'published');
      if (versions.length === 0)
        throw new DomainError(
          'campaign.not-published',
          'No version of this campaign is published, so partners cannot launch it.',
          { campaignId },
          { kind: 'conflict' },
        );
      const changed = versions.filter((version) => version.setLaunches(launches, this.clock.now()));
      for (const version of changed) await this.rows.save(version);
      if (changed.length > 0) await this.changes.launchesSet(actor, campaignId, launches, changed);
    });
  }
}
