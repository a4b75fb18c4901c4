import { Injectable } from '@nestjs/common';
import { RunningActivations } from '#activations';
import { Database, unnestRows } from '#database';
import { Clock, DAY_MS, type EnrolmentId, groupBy, type PartnerId, systemActor } from '#kernel';
import { advance, EXCLUSION_REASONS, type EnrolmentState, type ExitReason, settled } from '#sequencing';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  type Moved,
  EnrolmentStates,
  sequenceOf,
} from '../enrolment/enrolment-states.service.js';
import type { InboxItem } from './next-state.js';

/** A move, with the position before it. */
export interface MovedFrom extends Moved {
  readonly enrolled: Enrolled;
  readonly before: EnrolmentState;
}

/** A position as `sequences.enrolment.returns_to` has it. */
interface SavedPosition extends Omit<EnrolmentState, 'dueAt' | 'since'> {
  readonly dueAt: string | null;
  readonly since: string;
  /** Absent in rows from before there were updates. */
  readonly edition?: number;
}

interface EndedEnrolment extends Omit<Enrolled, 'state'> {
  readonly returnsTo: SavedPosition;
  /** Whether the step has its outcome: it is not done twice. */
  readonly isDecided: boolean;
}

/** An exclusion, or a suppression: both can be taken back. */
const RETURNABLE: ReadonlySet<string> = new Set<ExitReason>([...EXCLUSION_REASONS, 'unsubscribed', 'suppressed']);
/**
 * A contact that takes back its opt-out later gets new campaigns only: the dates
 * of the old one are over.
 */
const SUPPRESSION_RETURN_MS = 7 * DAY_MS;

/**
 * Positions of enrolments that an exclusion or a suppression ended, and their
 * return to it. The caller has the transaction of the partner's scope.
 */
@Injectable()
export class Readmissions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly running: RunningActivations,
    private readonly states: EnrolmentStates,
  ) {}

  /** Saves the positions of enrolments that end, if their end can be taken back. */
  async savePositions(moved: readonly MovedFrom[]): Promise<void> {
    const ended = moved.filter(({ advanced }) =>
      advanced.effects.some((effect) => effect.kind === 'exit' && RETURNABLE.has(effect.reason)),
    );
    if (ended.length === 0) return;
    const rows = unnestRows(ended, {
      id: ['uuid', ({ enrolled }) => enrolled.id],
      position: ['jsonb', ({ before, enrolled: { edition } }) => ({ ...before, edition })],
    });
    await this.database.query(
      `UPDATE sequences.enrolment e SET returns_to = given.position FROM ${rows.from} WHERE e.id = given.id`,
      rows.parameters,
    );
  }

  /**
   * Returns contacts whose exclusion or suppression was taken back to where they
   * were, in campaigns that still run. A step that was skipped meanwhile stays
   * skipped. While an exclusion holds, a lifted suppression returns no contact.
   * @returns the earliest due time, which the caller must announce.
   */
  async readmit(partnerId: PartnerId, items: readonly Pick<InboxItem, 'enrolmentId'>[]): Promise<Date | null> {
    const ended = await this.lock([...new Set(items.map(({ enrolmentId }) => enrolmentId))]);
    const actor = systemActor('scheduler', { partnerId });
    const moved: Moved[] = [];
    for (const [activationId, own] of groupBy(ended, (one) => one.activationId)) {
      const running = await this.running.forSending(actor, activationId);
      const { status } = running.activation;
      if (status !== 'active' && status !== 'held') continue;
      const circumstances = await this.states.circumstances(own, running);
      for (const enrolled of own) {
        const known = circumstances.get(enrolled.id);
        if (known === undefined) continue;
        const before = positionOf(enrolled);
        const sequence = sequenceOf({ ...enrolled, edition: enrolled.returnsTo.edition ?? enrolled.edition }, running);
        const { advanced } = enrolled.isDecided
          ? { advanced: advance(sequence, { ...before, state: 'acting' }, { kind: 'decided', at: known.now }, known) }
          : settled(sequence, before, known);
        moved.push({ enrolled, advanced, edition: running.activation.edition });
      }
    }
    await this.clearEnds(moved.map(({ enrolled }) => enrolled.id));
    await this.states.applyEffects(moved);
    return this.states.save(partnerId, moved);
  }

  private async lock(ids: readonly EnrolmentId[]): Promise<EndedEnrolment[]> {
    if (ids.length === 0) return [];
    const now = this.clock.now();
    return this.database.query<EndedEnrolment>(
      `SELECT ${ENROLMENT_COLUMNS}, e.returns_to,
         e.returns_to ->> 'state' = 'acting' OR EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id
           AND s.step_key = e.returns_to ->> 'step' AND s.occurrence = (e.returns_to ->> 'round')::int) AS is_decided
       FROM sequences.enrolment e WHERE id = ANY ($1) AND state = 'exited' AND returns_to IS NOT NULL
         AND (end_reason = ANY ($2) OR (ended_at > $3 AND NOT EXISTS (SELECT 1 FROM sequences.exclusion x
           WHERE x.contact_id = e.contact_id AND x.lifted_at IS NULL AND (x.ends_at IS NULL OR x.ends_at > $4))))
       ORDER BY id FOR UPDATE`,
      [ids, EXCLUSION_REASONS, new Date(now.getTime() - SUPPRESSION_RETURN_MS), now],
    );
  }

  private async clearEnds(ids: readonly EnrolmentId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(
      'UPDATE sequences.enrolment SET end_reason = NULL, ended_at = NULL, returns_to = NULL WHERE id = ANY ($1)',
      [ids],
    );
  }
}

function positionOf({ returnsTo: { state, step, round, dueAt, since } }: EndedEnrolment): EnrolmentState {
  return { state, step, round, dueAt: dueAt === null ? null : new Date(dueAt), since: new Date(since) };
}
