import { Injectable } from '@nestjs/common';
import { CampaignAudiences, CampaignLibrary, CampaignPublication } from '#campaigns';
import { Halts } from '#delivery';
import { type PartnerGroupId, systemActor, type VendorActor } from '#kernel';
import { Memberships, Organisations, PartnerGroups } from '#organisations';
import { partnersOfShare, type Wave } from './wave.js';

const WAVES = systemActor('waves');

/** Offers a version to the partners of a wave, and measures those that have it. */
@Injectable()
export class WavePartners {
  constructor(
    private readonly audiences: CampaignAudiences,
    private readonly library: CampaignLibrary,
    private readonly publication: CampaignPublication,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    private readonly groups: PartnerGroups,
    private readonly halts: Halts,
  ) {}

  /** How many partners that can launch the version are stopped for bounces or complaints now. */
  async countStopped({ versionId }: Wave): Promise<number> {
    const { partnerIds } = await this.audiences.audienceOf(WAVES, versionId);
    const halts = await this.halts.automaticHalts(WAVES, partnerIds);
    const bad = halts.filter(({ cause }) => cause === 'bounces' || cause === 'complaints');
    return new Set(bad.map(({ subjectId }) => subjectId)).size;
  }

  /**
   * Extends the version by the partners of the wave. Nothing to do if it is
   * offered to all. In the open transaction.
   */
  async add(actor: VendorActor, wave: Wave): Promise<void> {
    const { campaignId, versionNumber: number, forEveryone, sharePercent } = wave;
    const { versions } = await this.library.campaign(actor, campaignId);
    // A group of a share would tell that it adds somebody.
    if (versions.some((version) => version.id === wave.versionId && version.forEveryone)) return;
    const partnerGroupIds = sharePercent === null ? wave.groupIds : await this.groupOfShare(actor, wave, sharePercent);
    const extension = { partnerGroupIds, forEveryone, closesOn: null };
    await this.publication.extend(actor, { campaignId, number }, extension, null);
  }

  /** A group of the partners that are in the share now: one that joins later waits for the next wave. */
  private async groupOfShare(
    actor: VendorActor,
    { id, versionId, versionNumber, opensOn }: Wave,
    percent: number,
  ): Promise<readonly PartnerGroupId[]> {
    const partnerIds = partnersOfShare(await this.memberships.activePartners(actor), versionId, percent);
    if (partnerIds.length === 0) return [];
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    // The end of the id is random: a vendor may plan the same share twice.
    const name = `Wave ${opensOn}: ${percent} % of partners, version ${versionNumber} (${id.slice(-6)})`;
    return [await this.groups.create(actor, { programmeId, name, rule: { partnerIds } })];
  }
}
