import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Halts } from '#delivery';
import { Clock, DomainError, type PartnerActor, systemActor } from '#kernel';
import { stopOf } from './partner-sending-settings.service.js';
import { SendingOperations } from './sending-operations.service.js';

/** Lets a partner resume its mail after a stop because of bounces. */
@Injectable()
export class SendingResumption {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly halts: Halts,
    private readonly operations: SendingOperations,
  ) {}

  /**
   * Resumes after a stop for bounces, when a partner's user confirms that the
   * list was checked.
   * @throws DomainError `sending.not-stopped`, `sending.too-early`,
   *   `sending.operator-only`.
   */
  async resume(actor: PartnerActor): Promise<void> {
    const stops = (await this.halts.automaticHalts(actor, [actor.partnerId])).map(stopOf);
    const stop = stops.find(({ cause }) => cause === 'bounces');
    if (stops.some(({ cause }) => cause === 'complaints' || cause === 'trouble'))
      throw conflict(
        'sending.operator-only',
        'After spam complaints or sending trouble, only the operator of this platform can resume sending. Contact the operator.',
      );
    if (stop === undefined)
      throw conflict('sending.not-stopped', 'Sending is not paused because of bounces. There is nothing to resume.');
    if (stop.resumableFrom === null || stop.resumableFrom > this.clock.now())
      throw conflict('sending.too-early', 'Look through the list first: an hour after the stop you may go on.');
    await this.database.inTransaction(actor, () =>
      this.audit.record(actor, { action: 'sending.resumed', subject: { kind: 'partner', id: actor.partnerId } }),
    );
    const system = systemActor('sending', { partnerId: actor.partnerId });
    await this.operations.lift(system, 'partner', actor.partnerId, ['bounces'], actor.name);
  }
}

const conflict = (code: `${string}.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });
