import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { type Advance, begin, isConditional, type SequenceDefinition } from '#sequencing';
import { type ContactForSending, Contacts } from '#contacts';
import { Database, unnestRows } from '#database';
import { WaitingMessages } from '#delivery';
import {
  type ActivationId,
  bestLocale,
  Clock,
  type ContactId,
  DAY_MS,
  type EnrolmentId,
  newId,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { defaultTimeZone } from '#organisations';
import { CampaignReach } from './campaign-reach.service.js';
import { DueQueue } from './due-queue.service.js';
import type { ReasonCode } from './reason.js';
import { zoneOf } from './contact-clock.js';
import { type Moved, EnrolmentStates } from './enrolment-states.service.js';

const PAGE = 500;
const FREE_POST_PAUSE_MS = 7 * DAY_MS;

interface NewEnrolment {
  readonly id: EnrolmentId;
  readonly contactId: ContactId;
  readonly locale: string;
  readonly zone: string;
  readonly source: string;
  readonly country: string | null;
}

/** Puts the contacts of lists on their way. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly activations: Activations,
    private readonly waiting: WaitingMessages,
    private readonly queue: DueQueue,
    private readonly reach: CampaignReach,
    private readonly states: EnrolmentStates,
  ) {}

  /**
   * Enrols all contacts of the activation's lists, page by page, each once.
   * Idempotent: enrolled contacts stay. A contact that the partner's campaign
   * reached before, that is on an exclusion list, or that its campaigns leave
   * alone, is not enrolled; that is recorded.
   */
  async enrol(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const running = await this.activations.forSending(actor, activationId);
    const { activation, locales } = running;
    let afterId: ContactId | null = null;
    for (;;) {
      const page: ContactForSending[] = await this.contacts.inLists(actor, activation.lists.include, {
        afterId,
        limit: PAGE,
      });
      const rows = page.map((contact) => {
        const { zone, source } = zoneOf(contact, defaultTimeZone, activation);
        const locale = bestLocale(contact.language ?? activation.locale, [activation.locale, ...locales]);
        return { id: newId<EnrolmentId>(), contactId: contact.id, country: contact.country, locale, zone, source };
      });
      const isDone = await this.database.inTransaction(actor, async () => {
        await this.reach.lockCampaign(partnerId, activation.campaignId);
        // A stop during enrolment ends only those enrolled so far; check again.
        if (await this.activations.isOver(activationId)) return true;
        const fresh = await this.skipExcluded(actor, running, rows);
        await this.database.discardPlans();
        await this.insert(running, fresh);
        if (page.length < PAGE) {
          await this.planFreePosts(running);
          await this.activations.markEnrolled(activationId);
        }
        return page.length < PAGE;
      });
      if (isDone) return;
      afterId = page.at(-1)?.id ?? null;
    }
  }

  /** Lets the ticks see again what a held activation has due. */
  async resume(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.waiting.retryNow(actor, [activationId], 'halts');
    await this.database.inTransaction(actor, async () => {
      await this.database.withoutTimeLimit();
      await this.queue.requeueActivations([{ id: activationId, partnerId }]);
    });
  }

  /**
   * Ends every enrolment of an activation, in one statement. Decided messages
   * get their outcome now, not days later when their wait would end.
   */
  async stop(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.waiting.retryNow(actor, [activationId], 'activations');
    await this.database.inTransaction(actor, async () => {
      await this.database.withoutTimeLimit();
      await this.database.discardPlans();
      // Enrolments before what is due, as where an outcome moves them on.
      await this.database.query(
        `UPDATE sequences.enrolment SET state = 'stopped', due_at = NULL WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
        [activationId],
      );
      await this.queue.removeActivation(activationId);
    });
  }

  /**
   * Records contacts that the campaign reached before, or that it leaves alone.
   * Under the campaign's lock: two launches never enrol the same contact.
   * @returns the others.
   */
  private async skipExcluded<R extends { readonly contactId: ContactId }>(
    actor: SystemActor,
    { activation: { id, partnerId, campaignId, lists }, sequence }: RunningActivation,
    rows: readonly R[],
  ): Promise<R[]> {
    const ids = rows.map(({ contactId }) => contactId);
    const now = this.clock.now();
    const campaign = { campaignId, sequence, exclude: lists.exclude };
    const excluded = await this.reach.excludedAmong(actor, partnerId, campaign, ids, now, id);
    if (excluded.size > 0) {
      const given = unnestRows(
        [...excluded].map(([contactId, reason]) => ({ contactId, reason: reason satisfies ReasonCode })),
        { contactId: 'uuid', reason: 'text' },
        [id, partnerId, firstEmail(sequence), now],
      );
      await this.database.query(
        `INSERT INTO sequences.not_enrolled (activation_id, contact_id, partner_id, step_key, reason, decided_at)
         SELECT $1, given.contact_id, $2, $3, given.reason, $4 FROM ${given.from} ON CONFLICT DO NOTHING`,
        given.parameters,
      );
    }
    const passed = await this.database.query<{ id: ContactId }>(
      'SELECT contact_id AS id FROM sequences.not_enrolled WHERE activation_id = $1 AND contact_id = ANY ($2)',
      [id, ids],
    );
    const over = new Set(passed.map((one) => one.id));
    return rows.filter(({ contactId }) => !over.has(contactId));
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

  private async insert(running: RunningActivation, rows: readonly NewEnrolment[]): Promise<void> {
    const { activation, sequence } = running;
    const { id: activationId, partnerId, startAt } = activation;
    const now = this.clock.now();
    const circumstances = await this.states.circumstances(
      rows.map((row) => ({ ...row, timeZone: row.zone, enrolledAt: now })),
      running,
    );
    const begun = new Map<EnrolmentId, Advance>();
    for (const [id, known] of circumstances) begun.set(id, begin(sequence, startAt, known));
    const enrolments = unnestRows(
      rows,
      {
        id: 'uuid',
        contactId: 'uuid',
        locale: 'text',
        zone: 'text',
        source: 'text',
        country: 'text',
        state: ['text', ({ id }) => begun.get(id)?.next.state ?? 'completed'],
        step: ['text', ({ id }) => begun.get(id)?.next.step],
        dueAt: ['timestamptz', ({ id }) => begun.get(id)?.next.dueAt],
      },
      [activationId, partnerId, now, startAt, isConditional(sequence)],
    );
    const inserted = await this.database.query<{ id: EnrolmentId }>(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone,
         time_zone_source, country, listens, state, step_key, due_at, since, enrolled_at)
       SELECT given.id, $1, $2, given.contact_id, given.locale, given.zone, given.source, given.country, $5, given.state, given.step, given.due_at, $4, $3
       FROM ${enrolments.from}
       ON CONFLICT DO NOTHING RETURNING id`,
      enrolments.parameters,
    );
    const isIn = new Set(inserted.map(({ id }) => id));
    const moved = rows.flatMap(({ id, contactId }): Moved[] => {
      const advanced = begun.get(id);
      return advanced === undefined || !isIn.has(id)
        ? []
        : [{ enrolled: { id, activationId, partnerId, contactId }, advanced }];
    });
    await this.states.applyEffects(moved);
    await this.queue.enqueue(
      partnerId,
      moved.flatMap(({ enrolled: { id }, advanced: { next: standing } }) =>
        standing.dueAt === null ? [] : [{ enrolmentId: id, dueAt: standing.dueAt }],
      ),
    );
  }
}

const firstEmail = ({ steps }: SequenceDefinition): string => steps.find(({ kind }) => kind === 'email')?.key ?? '';
