import { Injectable } from '@nestjs/common';
import type { PublishedVersion } from '#campaigns';
import type { CompiledCampaign } from '#content';
import { ContactLists, SendPolicy } from '#contacts';
import { Clock, type ContactListId, DomainError, type PartnerActor } from '#kernel';
import { ReachedBefore } from '../reached-before.js';

/** Whether a launch to a list can reach a contact. */
@Injectable()
export class LaunchRecipients {
  constructor(
    private readonly lists: ContactLists,
    private readonly policy: SendPolicy,
    private readonly reached: ReachedBefore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `contact-list.empty`. */
  async requireContacts(actor: PartnerActor, listId: ContactListId): Promise<void> {
    const { size, name } = await this.lists.withSize(actor, listId);
    if (size === 0)
      throw new DomainError(
        'contact-list.empty',
        `The list “${name}” has no contacts. Import some, or choose another list.`,
        { field: 'listId' },
      );
  }

  /**
   * A hint for the user: the enrolment decides for each contact, in its
   * transaction.
   * @throws DomainError `launch.no-recipients` where the campaign has reached
   *   each contact before, or none may be e-mailed.
   */
  async requireRecipients(
    actor: PartnerActor,
    listId: ContactListId,
    { campaignId }: PublishedVersion,
    { definition }: CompiledCampaign,
  ): Promise<void> {
    const now = this.clock.now();
    const campaign = { campaignId, sequence: definition.sequence };
    const spent = await this.policy.isSpent(actor, listId, now, (ids) =>
      this.reached.excludedAmong(actor, actor.partnerId, campaign, ids, now),
    );
    if (spent)
      throw new DomainError(
        'launch.no-recipients',
        'No contact of this list can get this campaign: each already got it from you, or may not be e-mailed. Choose another list, or another campaign.',
        { field: 'listId' },
        { kind: 'conflict' },
      );
  }
}
