import { Injectable } from '@nestjs/common';
import { Launch } from '#activations';
import { OfferedCampaigns } from '#campaigns';
import { type CampaignId, Clock, type ContactListId } from '#kernel';
import { LaunchEnrolments } from '#sequences';
import { NO_CHOICES } from '#sequencing';
import type { Seed } from '../seed-file.js';
import type { SeededPartner } from '../seed-partners.service.js';
import { type ImportedLists, PastImports } from './past-imports.service.js';

/** Launches campaigns for sample partners, to people whom they have imported. */
@Injectable()
export class PastLaunches {
  constructor(
    private readonly clock: Clock,
    private readonly offered: OfferedCampaigns,
    private readonly launching: Launch,
    private readonly enrolments: LaunchEnrolments,
    private readonly imports: PastImports,
  ) {}

  /** @returns the lists of the people to whom partners will write, by the partners' keys. */
  importPeople(seed: Seed, partners: readonly SeededPartner[]): Promise<ReadonlyMap<string, ImportedLists>> {
    return this.imports.importAll(seed, partners);
  }

  /** @throws Error if the campaign is not offered to the partner: the plan does not fit the seed. */
  async launch(
    { partner, actor }: SeededPartner,
    campaignId: CampaignId,
    lists: readonly ContactListId[],
  ): Promise<void> {
    const offered = await this.offered.list(actor, this.clock.now());
    const version = offered.find((one) => one.campaignId === campaignId);
    if (version === undefined)
      throw new Error(`The sample partner ${partner.key} cannot launch the campaign that its history names.`);
    const { id } = await this.launching.launch(actor, {
      versionId: version.versionId,
      lists: { include: [...lists], exclude: [] },
      startAt: null,
      locale: null,
      slots: {},
      choices: NO_CHOICES,
      leadRule: null,
      idempotencyKey: `history-${campaignId}`,
    });
    // The queued job does the same. The clock must not move before it has.
    await this.enrolments.enrol(id, actor.partnerId);
  }
}
