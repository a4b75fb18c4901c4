import { Injectable } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { type ContactForSending, Contacts } from '#contacts';
import { Database, unnestRows } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  DAY_MS,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { type Entry, firstEmailFrom, holdOutPercentOf, launchEntryOf } from '#sequencing';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { HoldOutDraws } from '../enrolment/hold-out-draws.service.js';
import { NewEnrolments } from '../enrolment/new-enrolments.service.js';
import { NotEnrolled } from '../enrolment/not-enrolled.service.js';
import type { ReasonCode } from '../enrolment/reason.js';

const PAGE = 500;
const FREE_POST_PAUSE_MS = 7 * DAY_MS;

/** Puts the contacts of a list on their way. */
@Injectable()
export class LaunchEnrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly running: RunningActivations,
    private readonly reach: CampaignReach,
    private readonly newEnrolments: NewEnrolments,
    private readonly notEnrolled: NotEnrolled,
    private readonly draws: HoldOutDraws,
  ) {}

  /**
   * Enrols all contacts of the activation's lists, page by page, each once, if
   * the sequence has an entry for them. Idempotent: enrolled contacts stay. A
   * contact that the partner's campaign reached before, that is on an exclusion
   * list, or that its campaigns leave alone, is not enrolled; that is recorded.
   */
  async enrol(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const running = await this.running.forSending(actor, activationId);
    const { activation, sequence } = running;
    const entry = launchEntryOf(sequence);
    for (let afterId: ContactId | null = null; ;) {
      const page: ContactForSending[] =
        entry === undefined
          ? []
          : await this.contacts.inLists(actor, activation.lists.include, { afterId, limit: PAGE });
      const isDone = await this.database.inTransaction(actor, async () => {
        await this.reach.lockCampaign(partnerId, activation.campaignId);
        // A stop during enrolment ends only those enrolled so far; check again.
        if (await this.running.isOver(activationId)) return true;
        if (entry !== undefined) await this.enrolPage(actor, running, entry, page);
        if (page.length < PAGE) {
          await this.planFreePosts(running);
          await this.running.markEnrolled(activationId);
        }
        return page.length < PAGE;
      });
      if (isDone) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }

  private async enrolPage(
    actor: SystemActor,
    running: RunningActivation,
    entry: Entry,
    page: readonly ContactForSending[],
  ): Promise<void> {
    const fresh = await this.skipExcluded(actor, running, entry, page);
    await this.database.discardPlans();
    const known = await this.reach.enrolledIn(
      running.activation.id,
      fresh.map(({ id }) => id),
    );
    await this.newEnrolments.insert(
      running,
      entry,
      fresh.map((contact) => ({ contact, number: 1, isRepeated: known.has(contact.id), source: null })),
      running.activation.startAt,
    );
  }

  /**
   * Records contacts that the campaign reached before, or that it leaves alone.
   * Under the campaign's lock: two launches never enrol the same contact.
   * @returns the others.
   */
  private async skipExcluded(
    actor: SystemActor,
    { activation, sequence }: RunningActivation,
    entry: Entry,
    page: readonly ContactForSending[],
  ): Promise<ContactForSending[]> {
    const { id, partnerId, campaignId, lists, choices } = activation;
    const ids = page.map((contact) => contact.id);
    const now = this.clock.now();
    const campaign = {
      campaignId,
      sequence,
      exclude: lists.exclude,
      holdOutPercent: holdOutPercentOf(sequence, choices),
    };
    const excluded = await this.reach.excludedAmong(actor, partnerId, campaign, ids, now, id);
    await this.notEnrolled.record(
      { id, partnerId },
      [...excluded].map(([contactId, reason]) => ({
        contactId,
        entryKey: entry.key,
        stepKey: firstEmailFrom(sequence, entry.start),
        reason: reason satisfies ReasonCode,
      })),
      now,
    );
    const passed = await this.database.query<{ id: ContactId }>(
      'SELECT contact_id AS id FROM sequences.not_enrolled WHERE activation_id = $1 AND entry_key = $3 AND contact_id = ANY ($2)',
      [id, ids, entry.key],
    );
    const over = new Set(passed.map((one) => one.id));
    const fresh = page.filter((contact) => !over.has(contact.id));
    const held = ids.filter((one) => excluded.get(one) === 'held-out');
    await this.draws.record(
      activation,
      campaign.holdOutPercent,
      [
        ...held.map((contactId) => ({ contactId, isHeldOut: true })),
        ...fresh.map(({ id: contactId }) => ({ contactId, isHeldOut: false })),
      ],
      now,
    );
    return fresh;
  }

  /**
   * Posts that stand in no step are due a week apart, the first one at the start
   * (decision 0389).
   */
  private async planFreePosts({ activation, freePosts }: RunningActivation): Promise<void> {
    const startMs = Math.max(activation.startAt.getTime(), this.clock.now().getTime());
    const rows = unnestRows(
      freePosts.map((postKey, at) => ({ postKey, readyAt: new Date(startMs + at * FREE_POST_PAUSE_MS) })),
      { postKey: 'text', readyAt: 'timestamptz' },
      [activation.id, activation.partnerId],
    );
    await this.database.query(
      `INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at)
       SELECT $1, post_key, $2, ready_at FROM ${rows.from} ON CONFLICT DO NOTHING`,
      rows.parameters,
    );
  }
}
