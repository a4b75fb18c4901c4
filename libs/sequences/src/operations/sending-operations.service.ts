import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type ConfirmedEpoch,
  type HaltCause,
  Halts,
  type HaltScope,
  InstanceEpochs,
  Ledger,
  ReleaseGate,
  type StoppedScope,
  Streams,
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

const BY_HAND = ['operator', 'bounces', 'complaints'] as const satisfies readonly HaltCause[];

/** Halts and resumes sending, for operators and for the watch over domains. */
@Injectable()
export class SendingOperations {
  constructor(
    private readonly database: Database,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
    private readonly ledger: Ledger,
    private readonly queue: DueQueue,
    private readonly streams: Streams,
    private readonly epochs: InstanceEpochs,
    private readonly subjects: HaltSubjects,
  ) {}

  /**
   * Halts. What is being handed over is waited for, some seconds at most: nothing goes out after the answer.
   * @throws DomainError `halt.subject` where there is none of that kind by that id, `halt.reason`
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
      this.database.query<{ id: ActivationId }>('SELECT id FROM activations.activation WHERE campaign_id = $1', [id]),
    );
    return { activationIds: rows.map((row) => row.id) };
  }

  /**
   * Lifts a halt, and lets what fell due meanwhile go in its order.
   * @param causes an operator lifts what operators and the circuit breaker said; a domain is mended in DNS.
   * @returns whether there was one.
   */
  async lift(
    actor: SystemActor,
    scope: HaltScope,
    subjectId: string | null,
    causes: readonly HaltCause[] = BY_HAND,
    by = actor.name,
  ): Promise<boolean> {
    // All or nothing: what a lifted halt has kept out of the queue would stay out of it if the process died in between.
    return this.database.inTransaction(actor, async () => {
      if (!(await this.halts.lift(actor, scope, subjectId, causes, by))) return false;
      if (scope === 'partner') await this.streams.restartInitialHold(subjectId as PartnerId);
      await this.wake(scope, subjectId);
      return true;
    });
  }

  /**
   * An operator says that a restored database goes on; see `InstanceEpochs.confirm`.
   * @throws DomainError `epoch.not-halted` while things are being sent: then nothing waits for it.
   */
  async confirmRestore(actor: SystemActor, until: Date): Promise<ConfirmedEpoch> {
    return this.database.inTransaction(actor, async () => {
      if (!(await this.halts.inForce(actor)).everything)
        throw new DomainError(
          'epoch.not-halted',
          'Nothing is halted, so no restored backup waits to be confirmed. Where one was restored and every scheduler’s disk is lost, say so first: sending halt everything --reason restore.',
          {},
          { kind: 'conflict' },
        );
      const confirmed = await this.epochs.confirm(actor, until);
      await this.wake('everything', null);
      return confirmed;
    });
  }

  /** What fell due under a halt was taken out of the queue: it goes back in, in the open transaction. What was planned is looked at now. */
  private async wake(scope: HaltScope, subjectId: string | null): Promise<void> {
    await this.database.withoutTimeLimit();
    const activations = await this.database.query<{ id: ActivationId; partnerId: PartnerId }>(
      `SELECT id, partner_id FROM activations.activation WHERE status = 'active' AND CASE $1
         WHEN 'everything' THEN true WHEN 'vendor' THEN vendor_id = $2 WHEN 'partner' THEN partner_id = $2
         WHEN 'campaign' THEN campaign_id = $2 WHEN 'activation' THEN id = $2 ELSE false END`,
      [scope, subjectId],
    );
    await this.ledger.retryNow(activations.map(({ id }) => id));
    await this.queue.requeueActivations(activations);
  }
}
