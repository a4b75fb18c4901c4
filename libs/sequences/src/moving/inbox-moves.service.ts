import { Injectable } from '@nestjs/common';
import { RunningActivations } from '#activations';
import { Database } from '#database';
import { Halts, Ledger } from '#delivery';
import { type ActivationId, type EnrolmentId, type PartnerId, systemActor, groupBy } from '#kernel';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  EnrolmentStates,
  movedIn,
  stateOf,
} from '../enrolment/enrolment-states.service.js';
import { ClickReversals } from './click-reversals.service.js';
import { EndedEnrolments } from './ended-enrolments.service.js';
import { type InboxItem, movedByClicks, nextStateOf } from './next-state.js';
import { type MovedFrom, Readmissions } from './readmissions.service.js';

/**
 * Moves contacts by inbox items.
 * The caller has the transaction in which the items are deleted.
 */
@Injectable()
export class InboxMoves {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly halts: Halts,
    private readonly running: RunningActivations,
    private readonly states: EnrolmentStates,
    private readonly ended: EndedEnrolments,
    private readonly reversals: ClickReversals,
    private readonly readmissions: Readmissions,
  ) {}

  /** @returns the earliest due time of a returned contact. */
  async reverseClicks(partnerId: PartnerId, machineClicks: readonly InboxItem[]): Promise<Date | null> {
    if (machineClicks.length === 0) return null;
    // Lock order in every process: messages, enrolments, due rows.
    await this.ledger.lockOpen([...new Set(machineClicks.map(({ enrolmentId }) => enrolmentId))]);
    return this.reversals.reverse(
      partnerId,
      machineClicks.flatMap(({ sourceId }) => sourceId ?? []),
    );
  }

  /** @returns the earliest due time of a moved contact. */
  async moveContacts(partnerId: PartnerId, turns: readonly InboxItem[]): Promise<Date | null> {
    if (turns.length === 0) return null;
    const byEnrolment = groupBy(turns, ({ enrolmentId }) => enrolmentId);
    const ids = [...byEnrolment.keys()];
    // Lock order in every process: messages, enrolments, due rows.
    if (turns.some(({ kind }) => kind !== 'due')) await this.ledger.lockOpen(ids);
    const enrolled = await this.database.query<Enrolled>(
      `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e WHERE id = ANY ($1) AND state IN ('waiting', 'running') ORDER BY id FOR UPDATE`,
      [ids],
    );
    const moved: MovedFrom[] = [];
    for (const [activationId, group] of groupBy(enrolled, (one) => one.activationId))
      moved.push(...(await this.moveInActivation(activationId, group, byEnrolment)));
    await this.states.applyEffects(moved);
    await this.readmissions.savePositions(moved);
    await this.ended.cleanUp(partnerId, moved);
    return this.states.save(partnerId, moved);
  }

  private async moveInActivation(
    activationId: ActivationId,
    enrolled: readonly Enrolled[],
    turns: ReadonlyMap<EnrolmentId, readonly InboxItem[]>,
  ): Promise<MovedFrom[]> {
    const [earlierOf] = enrolled;
    if (earlierOf === undefined) return [];
    const actor = systemActor('scheduler', { partnerId: earlierOf.partnerId });
    const running = await this.running.forSending(actor, activationId);
    const halts = await this.halts.inForce(actor);
    const mayAct =
      running.activation.status === 'active' &&
      running.versionLive &&
      !halts.everything &&
      !halts.covers({ ...running.activation, activationId });
    const circumstances = await this.states.circumstances(enrolled, running);
    const moved = enrolled.flatMap((one) => {
      const known = circumstances.get(one.id);
      if (known === undefined) return [];
      const advanced = nextStateOf(one, turns.get(one.id) ?? [], running, known, mayAct);
      return advanced === null ? [] : [{ ...movedIn(running, one, advanced), before: stateOf(one, running) }];
    });
    await this.reversals.recordMoves(
      moved.flatMap((one) => movedByClicks(one, turns.get(one.enrolled.id) ?? [], running)),
    );
    return moved;
  }
}
