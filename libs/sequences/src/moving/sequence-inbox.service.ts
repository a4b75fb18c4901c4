import { Injectable, Logger } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { Database } from '#database';
import { Halts, Ledger } from '#delivery';
import { type ActivationId, Clock, type EnrolmentId, type Id, type PartnerId, systemActor, groupBy } from '#kernel';
import { advance, type Advance, type Circumstances, type ExitReason, type Happening, stepOf } from '#sequencing';
import { ClickReversals, type MovedByClick } from './click-reversals.service.js';
import { DueQueue } from '../enrolment/due-queue.service.js';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  type Moved,
  stateOf,
  EnrolmentStates,
} from '../enrolment/enrolment-states.service.js';
import { StepOutcomes } from './step-outcomes.service.js';
import { PartnerRoundRobin } from './partner-round-robin.service.js';

/** Something to be looked at for one contact. */
interface InboxItem {
  readonly id: string;
  readonly enrolmentId: EnrolmentId;
  /** `doubt`: the click that moved the contact is a program's. */
  readonly kind: Happening['kind'] | 'due' | 'leave' | 'doubt';
  readonly name: string | null;
  /** The touch, where its verdict may still change. */
  readonly sourceId: Id<'touch'> | null;
  readonly at: Date;
  /** A click that was judged a machine's since, or whose page nobody has opened: it is heard again when somebody does. */
  readonly isUncertain: boolean;
}

/** What one round brought. */
interface InboxRound {
  /** Milliseconds until the next one. */
  readonly waitMs: number;
  /** Whether somebody has come to an e-mail, or to a step of another kind, that is due by now. */
  readonly isDue: boolean;
}
interface InboxBatch {
  readonly count: number;
  /** When the first of those who moved is due; null for nobody. */
  readonly earliest: Date | null;
}

/**
 * PostgreSQL channel for new inbox entries.
 * A trigger notifies it: libs/database/functions/sequences.notify_inbox.sql.
 */
export const INBOX_CHANNEL = 'throughline_sequence_inbox';

const BATCH = 100;
/** Nobody may be there to hear the bell. */
const POLL_MS = 250;
/** A turn that failed is tried again after this; the others of its batch are not kept waiting. */
const RETRY_MS = 30_000;

const LOOK = systemActor('scheduler');

/**
 * Moves contacts by what came back, and by steps that are no e-mails. A turn is taken out in the transaction in which its contact
 * moves, so it counts exactly once, whatever dies when; any number of processes may do so.
 * Triggers write interactions and facts into the inbox:
 * libs/database/functions/sequences.hear_touch.sql and sequences.hear_*.sql beside it.
 */
@Injectable()
export class SequenceInbox {
  private readonly logger = new Logger(SequenceInbox.name);

  // More parameters than elsewhere: what a contact does next has to do with all of it.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly halts: Halts,
    private readonly activations: Activations,
    private readonly queue: DueQueue,
    private readonly states: EnrolmentStates,
    private readonly outcomes: StepOutcomes,
    private readonly reversals: ClickReversals,
    private readonly roundRobin: PartnerRoundRobin,
  ) {}

  /** Puts steps that fell due and are no e-mails up for their turn, in the open transaction of whoever claimed them. */
  async addDue(enrolled: readonly Pick<Enrolled, 'id' | 'partnerId' | 'dueAt'>[]): Promise<void> {
    if (enrolled.length === 0) return;
    await this.database.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at) SELECT t.id, t.partner, 'due', t.at FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) t (id, partner, at)`,
      [
        enrolled.map(({ id }) => id),
        enrolled.map(({ partnerId }) => partnerId),
        enrolled.map(({ dueAt }) => dueAt ?? this.clock.now()),
      ],
    );
  }

  /** One round for some partners. @returns how many milliseconds to wait before the next one, and whether anybody has become due by this one. */
  async processReady(): Promise<InboxRound> {
    const { partners, isMore, nextMs } = await this.roundRobin.next();
    const now = this.clock.now();
    const taken: InboxBatch[] = [];
    for (const id of partners) taken.push(await this.processPartner(id));
    const isBehind = taken.some(({ count }) => count === BATCH) || (isMore && taken.some(({ count }) => count > 0));
    return {
      // A turn that waits for its moment is taken at that moment.
      waitMs: isBehind ? 0 : Math.min(POLL_MS, Math.ceil(nextMs ?? POLL_MS)),
      isDue: taken.some(({ earliest }) => earliest !== null && earliest <= now),
    };
  }

  /** What fails with others is tried alone, and then later. */
  private async processPartner(partnerId: PartnerId): Promise<InboxBatch> {
    try {
      return await this.processBatch(partnerId, BATCH);
    } catch (error) {
      this.logger.warn(`A batch of turns failed; they are taken one by one. ${String(error)}`);
    }
    for (let at = 0; at < BATCH; at++) {
      try {
        if ((await this.processBatch(partnerId, 1)).count === 0) break;
      } catch (error) {
        this.logger.error('A turn failed; it is tried again.', error);
        await this.retryFirstLater(partnerId);
      }
    }
    return { count: 0, earliest: null };
  }

  private async processBatch(partnerId: PartnerId, limit: number): Promise<InboxBatch> {
    const actor = systemActor('scheduler', { partnerId });
    const { turns, earliest } = await this.database.inTransaction(actor, async () => {
      const taken = await this.database.query<InboxItem>(
        `DELETE FROM sequences.inbox t WHERE id IN (
           SELECT id FROM sequences.inbox WHERE partner_id = $1 AND not_before <= clock_timestamp() ORDER BY not_before, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, enrolment_id, kind, name, source_id, at,
           kind = 'click' AND NOT EXISTS (SELECT 1 FROM engagement.certain_click c WHERE c.id = t.source_id) AS "isUncertain"`,
        [partnerId, limit],
      );
      const news = taken.filter(({ kind, isUncertain }) => !isUncertain && kind !== 'doubt');
      const again = await this.reverseClicks(
        partnerId,
        taken.filter(({ kind }) => kind === 'doubt'),
      );
      return { turns: taken, earliest: first(again, await this.moveContacts(partnerId, news)) };
    });
    // Not within: who claims holds the partner's row of the queue first. A process that dies here leaves it to the sweep.
    if (earliest !== null) await this.database.inTransaction(actor, () => this.queue.announce(partnerId, earliest));
    return { count: turns.length, earliest };
  }

  /** @returns when the first of those who were put back is due. */
  private async reverseClicks(partnerId: PartnerId, doubts: readonly InboxItem[]): Promise<Date | null> {
    if (doubts.length === 0) return null;
    // Messages, enrolments, what is due: everybody takes them in this order.
    await this.ledger.lockOpen([...new Set(doubts.map(({ enrolmentId }) => enrolmentId))]);
    return this.reversals.reverse(
      partnerId,
      doubts.flatMap(({ sourceId }) => sourceId ?? []),
    );
  }

  /** The first in line, once more in a while. */
  private async retryFirstLater(partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(LOOK, () =>
      this.database.query(
        `UPDATE sequences.inbox SET not_before = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = (
           SELECT id FROM sequences.inbox WHERE partner_id = $1 AND not_before <= clock_timestamp() ORDER BY not_before, id LIMIT 1)`,
        [partnerId, RETRY_MS],
      ),
    );
  }

  /** @returns when the first of them is due. */
  private async moveContacts(partnerId: PartnerId, turns: readonly InboxItem[]): Promise<Date | null> {
    if (turns.length === 0) return null;
    const byEnrolment = groupBy(turns, ({ enrolmentId }) => enrolmentId);
    const ids = [...byEnrolment.keys()];
    // Messages, enrolments, what is due: everybody takes them in this order.
    if (turns.some(({ kind }) => kind !== 'due')) await this.ledger.lockOpen(ids);
    const enrolled = await this.database.query<Enrolled>(
      `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment WHERE id = ANY ($1) AND state IN ('waiting', 'running') ORDER BY id FOR UPDATE`,
      [ids],
    );
    const moved: Moved[] = [];
    for (const [activationId, group] of groupBy(enrolled, (one) => one.activationId))
      moved.push(...(await this.moveInActivation(activationId, group, byEnrolment)));
    await this.states.applyEffects(moved);
    await this.cleanUpEnded(partnerId, moved);
    return this.states.save(partnerId, moved);
  }

  private async moveInActivation(
    activationId: ActivationId,
    enrolled: readonly Enrolled[],
    turns: ReadonlyMap<EnrolmentId, readonly InboxItem[]>,
  ): Promise<Moved[]> {
    const [earlierOf] = enrolled;
    if (earlierOf === undefined) return [];
    const actor = systemActor('scheduler', { partnerId: earlierOf.partnerId });
    const running = await this.activations.forSending(actor, activationId);
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
      return advanced === null ? [] : [{ enrolled: one, advanced }];
    });
    await this.reversals.recordMoves(
      moved.flatMap((one) => movedByClicks(one, turns.get(one.enrolled.id) ?? [], running)),
    );
    return moved;
  }

  /** Whose way has ended gets nothing that is planned and not handed over yet. */
  private async cleanUpEnded(partnerId: PartnerId, moved: readonly Moved[]): Promise<void> {
    for (const { enrolled, advanced } of moved) {
      if (advanced.next.dueAt !== null || advanced.next.state === 'acting') continue;
      const exit = advanced.effects.find(({ kind }) => kind === 'exit');
      if (exit?.kind === 'exit') await this.ledger.withdraw(enrolled.id, exit.reason);
      await this.queue.remove(enrolled.id);
      this.outcomes.checkForEnd(enrolled.activationId, partnerId);
    }
  }
}

const first = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other < one) ? other : one;

/** Whom clicks have moved and nothing besides: what else came back would have to be weighed against them. */
function movedByClicks(
  { enrolled, advanced }: { readonly enrolled: Enrolled; readonly advanced: Advance },
  turns: readonly InboxItem[],
  running: RunningActivation,
): MovedByClick[] {
  const before = stateOf(enrolled, running);
  const touches = turns.flatMap(({ sourceId }) => sourceId ?? []);
  if (before.state !== 'waiting' || before.step === null || !turns.every(({ kind }) => kind === 'click')) return [];
  return touches.length === 0 ? [] : [{ enrolled, before, advanced, touches }];
}

/** @returns where a contact goes by all its turns together; null when nothing changes. */
function nextStateOf(
  enrolled: Enrolled,
  turns: readonly InboxItem[],
  running: RunningActivation,
  circumstances: Circumstances,
  mayAct: boolean,
): Advance | null {
  const { sequence } = running;
  const standing = stateOf(enrolled, running);
  const leaving = turns.find(({ kind }) => kind === 'leave');
  if (leaving !== undefined) return exitedState(standing, leaving.name === null ? 'unsubscribed' : 'suppressed');
  const happenings = turns.flatMap(({ kind, name, at }): Happening[] =>
    kind === 'due' || kind === 'leave' || kind === 'doubt'
      ? []
      : [{ kind, name: kind === 'form' ? running.landingPage : name, at }],
  );
  let advanced: Advance = { next: standing, effects: [] };
  if (happenings.length > 0) advanced = advance(sequence, standing, { kind: 'happened', happenings }, circumstances);
  const step = advanced.next.step === null ? undefined : stepOf(sequence, advanced.next.step);
  const isMail = step?.kind === 'email' && advanced.next.state === 'waiting';
  // What is held waits as it is, and is put up for its turn again when it is resumed.
  const isDue = turns.some(({ kind }) => kind === 'due') && mayAct;
  if (isDue) {
    const due = advance(sequence, advanced.next, { kind: 'due' }, circumstances);
    const isActing = due.next.state === 'acting';
    // An e-mail that may go after all is put back to where e-mails are claimed.
    if (isActing && isMail) return advanced;
    // What is no e-mail is done by a job of its own; its contact need not wait for it.
    const onward = isActing
      ? advance(sequence, due.next, { kind: 'decided', at: circumstances.now }, circumstances)
      : due;
    advanced = {
      next: onward.next,
      effects: [...advanced.effects, ...due.effects, ...(isActing ? onward.effects : [])],
    };
  }
  return advanced.next === standing && advanced.effects.length === 0 ? null : advanced;
}

/** Whoever has left, or whose address is dead, gets nothing more, whatever the campaign says. */
function exitedState(standing: Advance['next'], reason: ExitReason): Advance {
  return {
    next: { ...standing, state: 'exited', step: null, dueAt: null },
    effects: [{ kind: 'exit', reason }],
  };
}
