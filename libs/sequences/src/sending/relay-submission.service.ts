import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type HaltSubject, Journals } from '#delivery';
import { ReturnAddresses } from '#engagement';
import type { PartnerId } from '#kernel';
import { LeaseExpired, MailTransport, type SubmissionOutcome } from '#mailer';
import { type Built, MessageBuilder } from './message-builder.service.js';
import { Settlements } from './settlements.service.js';

/** Checked for each message of a chunk before it is submitted. */
export interface SubmissionLimits {
  /** Whether the lease is nearly over. */
  readonly isLate: () => boolean;
  readonly isHalted: (subject: HaltSubject) => boolean;
}

/**
 * Submits built messages to a relay, journals each step of them, and settles
 * the outcomes.
 */
@Injectable()
export class RelaySubmission {
  private readonly logger = new Logger(RelaySubmission.name);

  constructor(
    private readonly journals: Journals,
    private readonly transport: MailTransport,
    private readonly settlements: Settlements,
    private readonly builder: MessageBuilder,
    private readonly addresses: ReturnAddresses,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DELIVERY_REPORTS'>,
  ) {}

  /**
   * Submits the messages of a chunk. Their last outcomes are written at once: nothing of the chunk comes
   * any more that would be worth the wait of a batch.
   * @param built messages of one partner.
   * @returns when all outcomes are committed.
   */
  async sendAll(partnerId: PartnerId, built: readonly Built[], limits: SubmissionLimits): Promise<void> {
    let left = built.length;
    const onOutcome = (): void => {
      left -= 1;
      if (left === 0) this.settlements.writeWaiting(partnerId);
    };
    await Promise.all(built.map((message) => this.send(message, limits, onOutcome)));
  }

  private async send(built: Built, limits: SubmissionLimits, onOutcome: () => void): Promise<void> {
    const { outcome, relay, asked: attemptedRelays } = await this.submitOne(built, limits);
    // The relay that accepts a message has all its bytes. A broken connection
    // to another relay may still hold some of them.
    if (outcome.kind === 'accepted' && attemptedRelays === 1) this.builder.releaseBuffer(built);
    const settled = this.settlements.settle(built.draft, outcome, built.receipt.payload.hashes.bytes, { relay });
    onOutcome();
    await settled;
  }

  /**
   * @returns the outcome, the relay that was asked last, and the number of
   *   relays that were asked.
   */
  private async submitOne(
    { draft: { message, contact, identity, running, vendorHosts }, raw }: Built,
    { isLate, isHalted }: SubmissionLimits,
  ): Promise<{ outcome: SubmissionOutcome; relay: string | null; asked: number }> {
    const journal = this.journals.own;
    const guard = (): void => {
      if (isLate()) throw new LeaseExpired('The lease is nearly over; nothing was sent.');
    };
    let relay: string | null = null;
    let asked = 0;
    const outcome = await this.transport.submit(
      {
        from: this.addresses.returnPath(message.id, identity.returnHost),
        to: contact.email,
        vendorId: message.vendorId,
        vendorHosts,
        stream: message.partnerId,
        report: { envelopeId: message.id, ofSuccess: this.config.DELIVERY_REPORTS },
      },
      raw,
      {
        stopReason: async () => {
          await this.settlements.breakerEvaluated(message.partnerId);
          if (isHalted({ ...running.activation, activationId: message.activationId })) return 'halted';
          return isLate() ? 'late' : null;
        },
        onRelay: (name) => {
          relay = name;
          asked += 1;
        },
        beforeEndOfData: () => {
          guard();
          return journal.recordStarted(message, relay);
        },
        guard,
        onAccepted: () => {
          try {
            journal.recordAccepted(message);
          } catch (error) {
            // The relay has accepted the message even if the journal cannot be
            // written. The ledger records it a moment later.
            this.logger.error('The send journal could not be written; see JOURNAL_FOLDER.', error);
          }
        },
      },
    );
    return { outcome, relay, asked };
  }
}
