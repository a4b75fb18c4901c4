import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import type { ContactForSending } from '#contacts';
import { Database, unnestRows } from '#database';
import { bestLocale, Clock, type ContactId, type EnrolmentId, newId } from '#kernel';
import { defaultTimeZone } from '#organisations';
import {
  type Advance,
  begin,
  type Effect,
  type Entry,
  goalsReachedBy,
  isConditional,
  isResponse,
  sequenceFor,
  testedStepOf,
} from '#sequencing';
import { zoneOf } from './contact-clock.js';
import { DueQueue } from './due-queue.service.js';
import { ExperimentGroups } from './experiment-groups.service.js';
import { type Moved, EnrolmentStates } from './enrolment-states.service.js';

/** A contact that enters. */
export interface NewEnrolment {
  readonly contact: ContactForSending;
  /** The how-manieth enrolment of the contact by this rule, from 1. */
  readonly number: number;
  /** Whether the contact was in the activation before, by any rule. */
  readonly isRepeated: boolean;
  readonly source: string | null;
}

/** Writes enrolments, with the first position of each. */
@Injectable()
export class NewEnrolments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: DueQueue,
    private readonly states: EnrolmentStates,
    private readonly groups: ExperimentGroups,
  ) {}

  /**
   * Enrols contacts by one rule of an activation, in the open transaction of the
   * partner's scope. A contact that has this enrolment keeps it.
   * @returns the contacts that are new.
   */
  async insert(
    running: RunningActivation,
    entry: Entry,
    entered: readonly NewEnrolment[],
    startAt: Date,
  ): Promise<Set<ContactId>> {
    if (entered.length === 0) return new Set();
    const { id: activationId, partnerId } = running.activation;
    const now = this.clock.now();
    const rows = entered.map((one) => ({ ...rowOf(one, running), ...this.armOf(running, one) }));
    const sequence = sequenceFor(running.sequence, entry.when.on);
    const circumstances = await this.states.circumstances(
      rows.map((row) => ({ ...row, timeZone: row.zone, enrolledAt: now })),
      running,
    );
    const begun = new Map<EnrolmentId, Advance>();
    for (const [id, known] of circumstances) begun.set(id, begin(sequence, startAt, known, entry.start));
    const enrolments = unnestRows(
      rows,
      {
        id: 'uuid',
        contactId: 'uuid',
        locale: 'text',
        zone: 'text',
        zoneSource: 'text',
        country: 'text',
        number: 'int',
        isRepeated: 'boolean',
        source: 'text',
        arm: 'text',
        armVersion: 'int',
        state: ['text', ({ id }) => begun.get(id)?.next.state ?? 'completed'],
        step: ['text', ({ id }) => begun.get(id)?.next.step],
        dueAt: ['timestamptz', ({ id }) => begun.get(id)?.next.dueAt],
      },
      [
        activationId,
        partnerId,
        now,
        startAt,
        isConditional(sequence) || isResponse(entry.when.on),
        entry.key,
        entry.when.on,
        running.activation.edition,
      ],
    );
    const inserted = await this.database.query<{ id: EnrolmentId }>(
      `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone,
         time_zone_source, country, listens, state, step_key, due_at, since, enrolled_at,
         entry_key, entry_kind, entry_number, is_repeated, source, edition, arm, arm_version)
       SELECT given.id, $1, $2, given.contact_id, given.locale, given.zone, given.zone_source, given.country, $5, given.state, given.step, given.due_at, $4, $3,
         $6, $7, given.number, given.is_repeated, given.source, $8, given.arm, given.arm_version
       FROM ${enrolments.from}
       ON CONFLICT DO NOTHING RETURNING id`,
      enrolments.parameters,
    );
    const isIn = new Set(inserted.map(({ id }) => id));
    const goals = goalsReachedBy(sequence, entry).map((goal): Effect => ({ kind: 'goal', goal }));
    const moved = rows.flatMap(({ id, contactId }): Moved[] => {
      const advanced = begun.get(id);
      if (advanced === undefined || !isIn.has(id)) return [];
      const enrolled = { id, activationId, partnerId, contactId };
      const { edition } = running.activation;
      return [{ enrolled, advanced: { ...advanced, effects: [...goals, ...advanced.effects] }, edition }];
    });
    await this.states.applyEffects(moved);
    await this.queue.enqueue(
      partnerId,
      moved.flatMap(({ enrolled: { id }, advanced: { next: standing } }) =>
        standing.dueAt === null ? [] : [{ enrolmentId: id, dueAt: standing.dueAt }],
      ),
    );
    return new Set(moved.map(({ enrolled: { contactId } }) => contactId));
  }

  /** What is drawn for the step that tests something; nothing is if none does, or if its winner was applied. */
  private armOf(
    { activation, sequence, versionNumber, testWinner }: RunningActivation,
    { contact }: NewEnrolment,
  ): { readonly arm: string | null; readonly armVersion: number | null } {
    const tested = testedStepOf(sequence);
    return tested === null || testWinner !== null
      ? { arm: null, armVersion: null }
      : { arm: this.groups.armOf(activation.campaignId, tested, contact), armVersion: versionNumber };
  }
}

function rowOf({ contact, number, isRepeated, source }: NewEnrolment, { activation, locales }: RunningActivation) {
  const { zone, source: zoneSource } = zoneOf(contact, defaultTimeZone, activation);
  return {
    id: newId<EnrolmentId>(),
    contactId: contact.id,
    country: contact.country,
    locale: bestLocale(contact.language ?? activation.locale, [activation.locale, ...locales]),
    zone,
    zoneSource,
    number,
    isRepeated,
    source,
  };
}
