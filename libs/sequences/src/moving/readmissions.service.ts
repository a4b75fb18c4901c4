import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { Database, unnestRows } from '#database';
import { type EnrolmentId, groupBy, type PartnerId, systemActor } from '#kernel';
import { type Advance, advance, EXCLUSION_REASONS, type EnrolmentState } from '#sequencing';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  type Moved,
  EnrolmentStates,
} from '../enrolment/enrolment-states.service.js';
import type { InboxItem } from './next-state.js';

/** A move, with the position before it. */
export interface MovedFrom extends Moved {
  readonly enrolled: Enrolled;
  readonly before: EnrolmentState;
}

/** A position as `sequences.enrolment.excluded_from` has it. */
interface SavedPosition extends Omit<EnrolmentState, 'dueAt' | 'since'> {
  readonly dueAt: string | null;
  readonly since: string;
}

interface ExcludedEnrolment extends Omit<Enrolled, 'state'> {
  readonly excludedFrom: SavedPosition;
  /** Whether the step has its outcome: it is not done twice. */
  readonly isDecided: boolean;
}

const EXCLUSIONS: ReadonlySet<string> = new Set(EXCLUSION_REASONS);

/**
 * Positions of enrolments that an exclusion ended, and their return to it. The
 * caller has the transaction of the partner's scope.
 */
@Injectable()
export class Readmissions {
  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly states: EnrolmentStates,
  ) {}

  /** Saves the positions of enrolments that an exclusion ends. */
  async savePositions(moved: readonly MovedFrom[]): Promise<void> {
    const ended = moved.filter(({ advanced }) =>
      advanced.effects.some((effect) => effect.kind === 'exit' && EXCLUSIONS.has(effect.reason)),
    );
    if (ended.length === 0) return;
    const rows = unnestRows(ended, {
      id: ['uuid', ({ enrolled }) => enrolled.id],
      position: ['jsonb', ({ before }) => before],
    });
    await this.database.query(
      `UPDATE sequences.enrolment e SET excluded_from = given.position FROM ${rows.from} WHERE e.id = given.id`,
      rows.parameters,
    );
  }

  /**
   * Returns contacts whose exclusion was lifted to where they were, in campaigns
   * that still run. A step that was skipped meanwhile stays skipped.
   * @returns the earliest due time, which the caller must announce.
   */
  async readmit(partnerId: PartnerId, items: readonly Pick<InboxItem, 'enrolmentId'>[]): Promise<Date | null> {
    const excluded = await this.lock([...new Set(items.map(({ enrolmentId }) => enrolmentId))]);
    const actor = systemActor('scheduler', { partnerId });
    const moved: Moved[] = [];
    for (const [activationId, own] of groupBy(excluded, (one) => one.activationId)) {
      const running = await this.activations.forSending(actor, activationId);
      const { status } = running.activation;
      if (status !== 'active' && status !== 'held') continue;
      const circumstances = await this.states.circumstances(own, running);
      for (const enrolled of own) {
        const known = circumstances.get(enrolled.id);
        if (known === undefined) continue;
        const before = positionOf(enrolled);
        const advanced: Advance = enrolled.isDecided
          ? advance(running.sequence, { ...before, state: 'acting' }, { kind: 'decided', at: known.now }, known)
          : { next: before, effects: [] };
        moved.push({ enrolled, advanced });
      }
    }
    await this.clearEnds(moved.map(({ enrolled }) => enrolled.id));
    await this.states.applyEffects(moved);
    return this.states.save(partnerId, moved);
  }

  private async lock(ids: readonly EnrolmentId[]): Promise<ExcludedEnrolment[]> {
    if (ids.length === 0) return [];
    return this.database.query<ExcludedEnrolment>(
      `SELECT ${ENROLMENT_COLUMNS}, e.excluded_from,
         e.excluded_from ->> 'state' = 'acting' OR EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id
           AND s.step_key = e.excluded_from ->> 'step' AND s.occurrence = (e.excluded_from ->> 'round')::int) AS is_decided
       FROM sequences.enrolment e WHERE id = ANY ($1) AND state = 'exited' AND excluded_from IS NOT NULL ORDER BY id FOR UPDATE`,
      [ids],
    );
  }

  private async clearEnds(ids: readonly EnrolmentId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(
      'UPDATE sequences.enrolment SET end_reason = NULL, ended_at = NULL, excluded_from = NULL WHERE id = ANY ($1)',
      [ids],
    );
  }
}

function positionOf({ excludedFrom: { state, step, round, dueAt, since } }: ExcludedEnrolment): EnrolmentState {
  return { state, step, round, dueAt: dueAt === null ? null : new Date(dueAt), since: new Date(since) };
}
