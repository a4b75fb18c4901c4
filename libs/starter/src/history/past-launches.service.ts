import { Injectable } from '@nestjs/common';
import { Launch } from '#activations';
import { PublishedCampaigns } from '#campaigns';
import { ContactLists, Contacts } from '#contacts';
import { Database } from '#database';
import { type CampaignId, Clock, type ContactListId, type PartnerActor } from '#kernel';
import { LaunchEnrolments } from '#sequences';
import { NO_CHOICES } from '#sequencing';
import type { SeedContact } from '../seed-file.js';
import type { SeededPartner } from '../seed-partners.service.js';

/** Launches campaigns for sample partners. */
@Injectable()
export class PastLaunches {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly published: PublishedCampaigns,
    private readonly launching: Launch,
    private readonly enrolments: LaunchEnrolments,
  ) {}

  /**
   * @param visitors get it too, as a list of their own.
   * @throws Error if the campaign is not offered to the partner: the plan does not fit the seed.
   */
  async launch(
    { partner, actor, listId }: SeededPartner,
    campaignId: CampaignId,
    visitors: readonly SeedContact[],
  ): Promise<void> {
    const offered = await this.published.offeredTo(actor, this.clock.now());
    const version = offered.find((one) => one.campaignId === campaignId);
    if (version === undefined || listId === null)
      throw new Error(`The sample partner ${partner.key} cannot launch the campaign that its history names.`);
    const include =
      visitors.length === 0 ? [listId] : [listId, await this.addVisitors(actor, partner.countryCode, visitors)];
    const { id } = await this.launching.launch(actor, {
      versionId: version.versionId,
      lists: { include, exclude: [] },
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

  /** One transaction: each commit waits for the disk. */
  private addVisitors(actor: PartnerActor, country: string, visitors: readonly SeedContact[]): Promise<ContactListId> {
    return this.database.inTransaction(actor, async () => {
      const { id } = await this.lists.create(actor, { name: 'Visitors of the trade fair', isDefault: false });
      for (const visitor of visitors)
        await this.contacts.create(actor, {
          ...visitor,
          country,
          listIds: [id],
          consent: { basis: 'opt-in', evidence: 'Form at our stand' },
        });
      return id;
    });
  }
}
