import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type ActivationId, type PartnerId, systemActor, type VendorId } from '#kernel';
import type { Finding } from '#seal';

const refusals = new Counter({
  name: 'throughline_seal_refusals_total',
  help: 'Copies that did not match their seal and were not sent, stored or served.',
  labelNames: ['medium'],
});

/** What was refused. */
export interface RefusedCopy {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly medium: 'email' | 'page' | 'document' | 'picture';
  readonly key: string;
  readonly locale: string;
}

/**
 * Makes refusals seen: counted, logged, and in the audit logs of both sides.
 */
@Injectable()
export class SealRefusals {
  private readonly logger = new Logger(SealRefusals.name);
  private readonly recorded = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Every refusal counts.
   * A fault of one copy is recorded once per process, not per recipient.
   */
  async record(refused: RefusedCopy, finding: Finding): Promise<void> {
    const { activationId, partnerId, vendorId, medium, key, locale } = refused;
    refusals.inc({ medium });
    const { code, part, lock, offset, line, message } = finding;
    const name = JSON.stringify([activationId, medium, key, locale, code, part, lock, offset]);
    if (this.recorded.has(name)) return;
    this.recorded.add(name);
    // No excerpts: a message may contain a contact's data.
    const details = { medium, key, locale, code, part, lock, offset, line, message };
    this.logger.error(
      `A copy did not match its seal and was refused: ${code} at ${part} ${offset} of ${medium} ${key} (${locale}), activation ${activationId}. ${message}`,
    );
    // A partner's entry is visible to the partner alone: the vendor gets its
    // own entry.
    for (const actor of [systemActor('seal', { partnerId }), systemActor('seal', { vendorId })])
      await this.database.inTransaction(actor, () =>
        this.audit.record(actor, {
          action: 'seal.refused',
          subject: { kind: 'activation', id: activationId },
          details,
        }),
      );
  }
}
