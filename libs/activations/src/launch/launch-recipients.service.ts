import { Injectable } from '@nestjs/common';
import type { PublishedVersion } from '#campaigns';
import type { CompiledCampaign } from '#content';
import { ContactLists, type LaunchLists, Segments, SendPolicy } from '#contacts';
import { Clock, DomainError, type PartnerActor } from '#kernel';
import { holdOutPercentOf } from '#sequencing';
import { ReachedBefore } from '../reached-before.js';
import type { LaunchRequest } from './launch-request.js';

/** Whether a launch to lists can reach a contact. */
@Injectable()
export class LaunchRecipients {
  constructor(
    private readonly lists: ContactLists,
    private readonly segments: Segments,
    private readonly policy: SendPolicy,
    private readonly reached: ReachedBefore,
    private readonly clock: Clock,
  ) {}

  /** A segment has those whom its rule matches at the launch. */
  async refreshSegments(actor: PartnerActor, { include, exclude }: LaunchLists): Promise<void> {
    await this.segments.refresh(actor, [...include, ...exclude]);
  }

  /**
   * Not asked of a launch without a list: it is open to new contacts.
   * @throws DomainError `contact-list.not-found`, `contact-list.empty` where no
   *   list has a contact.
   */
  async requireContacts(actor: PartnerActor, { include, exclude }: LaunchLists): Promise<void> {
    await this.lists.requireLists(actor, exclude);
    const lists = await Promise.all(include.map((id) => this.lists.withSize(actor, id)));
    if (lists.length > 0 && lists.every(({ size }) => size === 0))
      throw new DomainError(
        'contact-list.empty',
        `${lists.map(({ name }) => `The list “${name}” has no contacts.`).join(' ')} Import some, choose another list, or start without a list.`,
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
    { lists: { include, exclude }, choices }: Pick<LaunchRequest, 'lists' | 'choices'>,
    { campaignId }: PublishedVersion,
    { definition: { sequence } }: CompiledCampaign,
  ): Promise<void> {
    const now = this.clock.now();
    const campaign = { campaignId, sequence, exclude, holdOutPercent: holdOutPercentOf(sequence, choices) };
    const spent = await this.policy.isSpent(actor, include, now, (ids) =>
      this.reached.excludedAmong(actor, actor.partnerId, campaign, ids, now),
    );
    if (spent)
      throw new DomainError(
        'launch.no-recipients',
        'No contact of these lists can get this campaign: each already got it from you, is on a list that you leave out, or may not be e-mailed. Choose another list, or another campaign.',
        { field: 'listId' },
        { kind: 'conflict' },
      );
  }
}
