import { Injectable } from '@nestjs/common';
import { type Claim, HaltNotifications, Journals, Ledger } from '#delivery';
import { type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { StepOutcomes } from '../moving/step-outcomes.service.js';
import { InFlightChunks } from './in-flight-chunks.service.js';
import { MessagePreparation } from './message-preparation.service.js';
import { RelaySubmission } from './relay-submission.service.js';
import { SendPreflight } from './send-preflight.service.js';

/**
 * Submits leased messages and settles their outcomes. `submitChunk` shows all
 * steps.
 */
@Injectable()
export class Submission {
  constructor(
    private readonly ledger: Ledger,
    private readonly journals: Journals,
    private readonly outcomes: StepOutcomes,
    private readonly inFlight: InFlightChunks,
    private readonly halts: HaltNotifications,
    private readonly preflight: SendPreflight,
    private readonly preparation: MessagePreparation,
    private readonly relays: RelaySubmission,
  ) {}

  /**
   * Settles messages that ended processes left in journals on this disk, and
   * advances their enrolments. Safe to repeat.
   */
  async recover(): Promise<void> {
    await this.journals.recover();
    await this.outcomes.catchUp();
  }

  /**
   * Submits one chunk of a partner's messages. A late or repeated job finds no
   * messages under its fences.
   */
  async submit(partnerId: PartnerId, claims: readonly Claim[]): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.inFlight.track((reportVendors) => this.submitChunk(actor, partnerId, claims, reportVendors));
  }

  /** Resolves when what this process submits at the moment has ended. */
  chunksEnded(): Promise<void> {
    return this.inFlight.ended();
  }

  private async submitChunk(
    actor: SystemActor,
    partnerId: PartnerId,
    claims: readonly Claim[],
    reportVendors: (vendorIds: readonly VendorId[]) => void,
  ): Promise<void> {
    const isHalted = this.halts.watch();
    const { drafts, leaseEndsMs } = await this.preflight.release(actor, claims);
    reportVendors([...new Set(drafts.map(({ message }) => message.vendorId))]);
    const isLate = lateAfter(leaseEndsMs - this.ledger.times.guardMs);
    const built = await this.preparation.prepare(actor, partnerId, drafts);
    await this.relays.sendAll(partnerId, built, { isLate, isHalted });
  }
}

/**
 * A paused process must not continue after its lease has ended for other
 * processes. Both clocks are checked: the monotonic clock does not jump, and
 * the wall clock continues while a machine sleeps.
 */
function lateAfter(untilMs: number): () => boolean {
  const wallOffsetMs = Date.now() - performance.now();
  return () => Math.max(performance.now(), Date.now() - wallOffsetMs) > untilMs;
}
