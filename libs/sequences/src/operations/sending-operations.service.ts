import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type ConfirmedEpoch,
  type HaltCause,
  Halts,
  type HaltScope,
  InstanceEpochs,
  ReleaseGate,
  type StoppedScope,
  Streams,
  WaitingMessages,
} from '#delivery';
import { type ActivationId, DomainError, type PartnerId, type SystemActor, type VendorId } from '#kernel';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { HaltSubjects } from './halt-subjects.service.js';

/** What became of a halt. */
export interface Halted {
  /** What it is called; null for everything. */
  readonly name: string | null;
  /** False where it was halted already: the reason of then stays. */
  readonly isNew: boolean;
  /** How many messages relays were still busy with. */
  readonly open: number;
}

const BY_HAND = ['operator', 'bounces', 'complaints', 'trouble'] as const satisfies readonly HaltCause[];

/** Halts and resumes sending, for operators and for the watch over domains. */
@Injectable()
export class SendingOperations {
  constructor(
    private readonly database: Database,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
    private readonly waiting: WaitingMessages,
    private readonly queue: DueQueue,
    private readonly streams: Streams,
    private readonly epochs: InstanceEpochs,
    private readonly subjects: HaltSubjects,
  ) {}

  /**
   * Halts a subject. Waits some seconds at most for submissions in progress.
   * Nothing is sent after it returns.
   * @throws DomainError `halt.subject` for an unknown id of that kind,
   *   `halt.reason`.
   */
  async halt(actor: SystemActor, scope: HaltScope, subjectId: string | null, reason: string): Promise<Halted> {
    const name = await this.subjects.nameOf(actor, scope, subjectId);
    const isNew = await this.halts.halt(actor, { scope, subjectId, reason });
    return { name, isNew, open: await this.gate.waitForSubmissions(await this.stopped(actor, scope, subjectId)) };
  }

  /** Messages know no campaign: of one, its activations. */
  private async stopped(actor: SystemActor, scope: HaltScope, id: string | null): Promise<StoppedScope> {
    if (scope === 'vendor') return { vendorId: id as VendorId };
    if (scope === 'partner') return { partnerId: id as PartnerId };
    if (scope === 'activation') return { activationIds: [id as ActivationId] };
    if (scope === 'everything') return null;
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ActivationId }>('SELECT id FROM activations.activation_view WHERE campaign_id = $1', [
        id,
      ]),
    );
    return { activationIds: rows.map((row) => row.id) };
  }

  /**
   * Lifts a halt, and requeues in order what fell due meanwhile.
   * @param causes an operator lifts operators' halts, those of the circuit
   *   breaker, and those for trouble. A domain's halt ends when its DNS is
   *   repaired.
   * @returns whether there was a halt.
   */
  async lift(
    actor: SystemActor,
    scope: HaltScope,
    subjectId: string | null,
    causes: readonly HaltCause[] = BY_HAND,
    by = actor.name,
  ): Promise<boolean> {
    // All or nothing: after a crash in between, what the halt removed would
    // stay out of the queue.
    const isLifted = await this.database.inTransaction(actor, async () => {
      if (!(await this.halts.lift(actor, scope, subjectId, causes, by))) return false;
      if (scope === 'partner') await this.streams.restartInitialHold(subjectId as PartnerId);
      await this.requeue(scope, subjectId);
      return true;
    });
    if (isLifted) await this.retryMessages(actor, scope, subjectId);
    return isLifted;
  }

  /**
   * The operator confirms that a restored database may send; see
   * `InstanceEpochs.confirm`.
   * @throws DomainError `epoch.not-halted` while sending is not halted.
   */
  async confirmRestore(actor: SystemActor, until: Date): Promise<ConfirmedEpoch> {
    const confirmed = await this.database.inTransaction(actor, async () => {
      if (!(await this.halts.inForce(actor)).everything)
        throw new DomainError(
          'epoch.not-halted',
          'Sending is not halted, so there is no restore to confirm. If a backup was restored and every scheduler’s disk is lost, halt first: sending halt everything --reason restore.',
          {},
          { kind: 'conflict' },
        );
      const epoch = await this.epochs.confirm(actor, until);
      await this.requeue('everything', null);
      return epoch;
    });
    await this.retryMessages(actor, 'everything', null);
    return confirmed;
  }

  /** Requeues what the halt removed from the queue, in the open transaction. */
  private async requeue(scope: HaltScope, subjectId: string | null): Promise<void> {
    await this.database.withoutTimeLimit();
    await this.queue.requeueActivations(await this.activationsOf(scope, subjectId, ['active']));
  }

  /**
   * Lets preflight decide on planned messages now. Also on those of held
   * activations: else their partner would read until the next check that sending
   * is halted.
   */
  private async retryMessages(actor: SystemActor, scope: HaltScope, subjectId: string | null): Promise<void> {
    const activations = await this.database.inTransaction(actor, () =>
      this.activationsOf(scope, subjectId, ['active', 'held']),
    );
    await this.waiting.retryNow(
      actor,
      activations.map(({ id }) => id),
      'halts',
    );
  }

  /** In the open transaction. */
  private activationsOf(
    scope: HaltScope,
    subjectId: string | null,
    statuses: readonly string[],
  ): Promise<{ readonly id: ActivationId; readonly partnerId: PartnerId }[]> {
    return this.database.query(
      `SELECT id, partner_id FROM activations.activation_view WHERE status = ANY ($3) AND CASE $1
         WHEN 'everything' THEN true WHEN 'vendor' THEN vendor_id = $2 WHEN 'partner' THEN partner_id = $2
         WHEN 'campaign' THEN campaign_id = $2 WHEN 'activation' THEN id = $2 ELSE false END`,
      [scope, subjectId, statuses],
    );
  }
}
