import { Injectable } from '@nestjs/common';
import { frequencyUseAt } from '#contacts';
import { Database } from '#database';
import { type Claim, Journals, Ledger, type ReleasedClaim } from '#delivery';
import { Clock, type ReleaseId, type SystemActor, type VendorId, groupBy, newId } from '#kernel';
import type { Draft } from './draft.js';
import type { EmailsOfDay } from './emails-of-day.js';
import { PreflightCandidates } from './preflight-candidates.service.js';
import { decidePreflight, type PreflightCandidate } from './preflight-decisions.js';
import { PreflightFacts } from './preflight-facts.service.js';
import { PreflightRecorder } from './preflight-recorder.service.js';
import { SendAllowances } from './send-allowances.service.js';

/**
 * Drafts that were released together, and the end of their common lease on the
 * clock of `performance.now()`.
 */
export interface Released {
  readonly drafts: readonly Draft[];
  readonly leaseEndsMs: number;
}

/**
 * leased → releasing. Everything that may forbid a message is checked in the
 * transaction that releases it: no other process can change the message after
 * that.
 */
@Injectable()
export class SendPreflight {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly journals: Journals,
    private readonly candidates: PreflightCandidates,
    private readonly facts: PreflightFacts,
    private readonly allowances: SendAllowances,
    private readonly recorder: PreflightRecorder,
  ) {}

  /**
   * Releases the messages of a chunk that may be sent now.
   * @param claims of messages of the actor's partner; messages that are no
   *   longer under them are left alone.
   */
  async release(actor: SystemActor, claims: readonly Claim[]): Promise<Released> {
    const beganMs = performance.now();
    const releaseId = newId<ReleaseId>();
    const journaled: ReleasedClaim[] = [];
    try {
      const drafts = await this.database.inTransaction(actor, async () => {
        const { candidates, postponed } = await this.candidates.lock(actor, claims, releaseId);
        await this.recorder.postpone(postponed);
        const contactIds = candidates.map(({ message }) => message.contactId);
        const emailsOfDay = await this.facts.lockEmailsOfDay(actor, contactIds, this.clock.now());
        const released: Draft[] = [];
        for (const [vendorId, own] of groupBy(candidates, ({ message }) => message.vendorId))
          released.push(...(await this.releaseForVendor(actor, vendorId, own, emailsOfDay, journaled)));
        return released;
      });
      return { drafts, leaseEndsMs: beganMs + this.ledger.times.submissionMs };
    } catch (error) {
      // PostgreSQL may have failed during the commit: it is not known whether
      // the messages are released.
      await this.journals.releaseClaims(journaled);
      await this.recorder.releaseLeases(actor, claims);
      throw error;
    }
  }

  private async releaseForVendor(
    actor: SystemActor,
    vendorId: VendorId,
    candidates: readonly PreflightCandidate[],
    emailsOfDay: EmailsOfDay,
    journaled: ReleasedClaim[],
  ): Promise<Draft[]> {
    const now = this.clock.now();
    const contactIds = candidates.map(({ message }) => message.contactId);
    const facts = await this.facts.load(actor, vendorId, contactIds, emailsOfDay, now);
    const allowed = decidePreflight(candidates, facts, now);
    const decided = await this.allowances.reserve(actor, vendorId, facts.identity, allowed, now);
    // The moment of the frequency use that was reserved: a refund finds the use
    // by it.
    const usedAt = frequencyUseAt(now);
    const requests = decided.passed.map(({ message: { id, fence, releaseId }, consent, variant }) => ({
      id,
      fence,
      releaseId,
      consent,
      frequencyUseAt: usedAt,
      variant,
    }));
    const moved = await this.ledger.release(requests);
    // Before the commit: a releasing message that is in no journal would be
    // unknown after a crash.
    const released = requests.filter(({ id }) => moved.has(id));
    this.journals.own.recordClaimed(released);
    journaled.push(...released);
    await this.recorder.record(decided);
    return decided.passed
      .filter(({ message }) => moved.has(message.id))
      .map((draft) => ({ ...draft, message: { ...draft.message, frequencyUseAt: usedAt } }));
  }
}
