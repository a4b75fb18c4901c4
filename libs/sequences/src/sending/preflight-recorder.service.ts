import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { type Claim, Ledger } from '#delivery';
import { Clock, type SystemActor } from '#kernel';
import { ContactClocks } from '../enrolment/contact-clocks.service.js';
import { TROUBLES } from '../enrolment/reason.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';
import type { Postponed, PreflightDecisions, Refused } from './preflight-decisions.js';

/** Messages whose release failed on our side are tried again after this. */
const RETRY_MS = 30_000;

/** Writes what preflight decided on messages that are not sent now. */
@Injectable()
export class PreflightRecorder {
  private readonly logger = new Logger(PreflightRecorder.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly outcomes: StepOutcomes,
    private readonly clocks: ContactClocks,
  ) {}

  /** In the open transaction. */
  async record({ refused, postponed, clockChanges }: Omit<PreflightDecisions, 'passed'>): Promise<void> {
    await this.refuse(refused);
    await this.postpone(postponed);
    await this.clocks.update(clockChanges);
  }

  /** In the open transaction. */
  async postpone(postponed: readonly Postponed[]): Promise<void> {
    await this.ledger.postpone(
      postponed.map(({ message: { id, fence }, reason, until }) => ({
        id,
        fence,
        reason,
        retryAt: until,
        isIntended: !TROUBLES.has(reason),
      })),
    );
  }

  /**
   * Releases the leases of messages after a failure on our side.
   * If PostgreSQL is away, they wait until their leases end.
   */
  async releaseLeases(actor: SystemActor, claims: readonly Claim[]): Promise<void> {
    const retryAt = new Date(this.clock.now().getTime() + RETRY_MS);
    const postponed = claims.map((claim) => ({ ...claim, reason: 'internal-error', retryAt, isIntended: false }));
    await this.database
      .inTransaction(actor, () => this.ledger.postpone(postponed))
      .catch((error: unknown) => {
        this.logger.warn(`${claims.length} messages wait until their lease ends: ${String(error)}`);
      });
  }

  private async refuse(refused: readonly Refused[]): Promise<void> {
    const skipped = await this.ledger.skip(
      refused.map(({ message: { id, fence }, reason }) => ({ id, fence, reason })),
    );
    const decided = refused.filter(({ message }) => skipped.has(message.id));
    const [first] = decided;
    if (first === undefined) return;
    const at = this.clock.now();
    await this.outcomes.record(
      first.message.partnerId,
      decided.map(({ message, running, reason }) => ({ message, running, outcome: 'skipped', reason, at })),
    );
  }
}
