import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type Claim, HaltNotifications, type HaltSubject, Journals, Ledger } from '#delivery';
import { Engagement } from '#engagement';
import { type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { type SubmissionOutcome, MailTransport, internalFailure, LeaseExpired } from '#mailer';
import { InFlightChunks } from './in-flight-chunks.service.js';
import { type Draft, SendPreflight } from './send-preflight.service.js';
import { type Built, MessageBuilder } from './message-builder.service.js';
import { MessageSeals } from './message-seals.service.js';
import { Settlements } from './settlements.service.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';

const REFUSED_BY_US = { kind: 'permanent', deadAddress: false, code: 0, enhanced: null } as const;
/** For so long mails are built without a look at anything else: half a dozen. */
const BUILD_SLICE_MS = 5;

/** What is asked of each message of a chunk before it goes out. */
interface Limits {
  /** Whether the lease is nearly over. */
  readonly isLate: () => boolean;
  readonly isHalted: (subject: HaltSubject) => boolean;
}

/** From leased messages to outcomes: read the steps of `submit` as the specification. */
@Injectable()
export class Submission {
  private readonly logger = new Logger(Submission.name);

  constructor(
    private readonly ledger: Ledger,
    private readonly journals: Journals,
    private readonly inFlight: InFlightChunks,
    private readonly halts: HaltNotifications,
    private readonly preflight: SendPreflight,
    private readonly builder: MessageBuilder,
    private readonly seals: MessageSeals,
    private readonly transport: MailTransport,
    private readonly settlements: Settlements,
    private readonly outcomes: StepOutcomes,
    private readonly engagement: Engagement,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DELIVERY_REPORTS'>,
  ) {}

  /** Settles what dead processes left on this disk, and moves their contacts on. Safe to repeat. */
  async recover(): Promise<void> {
    await this.journals.recover();
    await this.outcomes.catchUp();
  }

  /** One chunk of a partner's messages. A job that comes late, or a second time, finds nothing under its fences. */
  async submit(partnerId: PartnerId, claims: readonly Claim[]): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.inFlight.track((name) => this.submitChunk(actor, partnerId, claims, name));
  }

  private async submitChunk(
    actor: SystemActor,
    partnerId: PartnerId,
    claims: readonly Claim[],
    name: (vendorIds: readonly VendorId[]) => void,
  ): Promise<void> {
    const isHalted = this.halts.watch();
    const { drafts, leaseEndsMs } = await this.preflight.release(actor, claims);
    name([...new Set(drafts.map(({ message }) => message.vendorId))]);
    const isLate = lateAfter(leaseEndsMs - this.ledger.times.guardMs);
    const kept = await this.storeReceipts(actor, partnerId, await this.buildAll(actor, drafts));
    await Promise.all(kept.map((message) => this.send(message, { isLate, isHalted })));
  }

  /** Looks up between: a claim or a chunk of few asks PostgreSQL dozens of questions in turn, and waits for each answer as long as this builds on. */
  private async buildAll(actor: SystemActor, drafts: readonly Draft[]): Promise<readonly Built[]> {
    const begun: Promise<Built | null>[] = [];
    let turnEndsMs = performance.now() + BUILD_SLICE_MS;
    for (const draft of drafts) {
      begun.push(this.build(actor, draft));
      if (performance.now() < turnEndsMs) continue;
      await nextTurn();
      turnEndsMs = performance.now() + BUILD_SLICE_MS;
    }
    return (await Promise.all(begun)).filter((made) => made !== null);
  }

  /** @returns null when there is nothing to send: what became of it is written. */
  private async build(actor: SystemActor, draft: Draft): Promise<Built | null> {
    try {
      const built = await this.builder.build(actor, draft);
      if (typeof built !== 'string') return built;
      await this.settlements.settle(draft, { ...REFUSED_BY_US, text: built }, '', { reason: built });
    } catch (error) {
      this.logger.error(`Message ${draft.message.id} could not be built; it is tried again.`, error);
      await this.settlements.settle(draft, internalFailure(error), '');
    }
    return null;
  }

  /** Nothing leaves without its receipt. */
  private async storeReceipts(
    actor: SystemActor,
    partnerId: PartnerId,
    built: readonly Built[],
  ): Promise<readonly Built[]> {
    try {
      await this.seals.storeReceipts(
        actor,
        partnerId,
        built.map(({ receipt, draft }) => ({ receipt, fence: draft.message.fence })),
      );
      return built;
    } catch (error) {
      this.logger.warn(`${built.length} messages wait: their receipts could not be written. ${String(error)}`);
      await Promise.all(built.map(({ draft }) => this.settlements.settle(draft, internalFailure(error), '')));
      return [];
    }
  }

  private async send(built: Built, limits: Limits): Promise<void> {
    const { outcome, relay, asked } = await this.submitOne(built, limits);
    // Who takes a message has all of it; a connection to another relay that broke halfway may hold on to its bytes.
    if (outcome.kind === 'accepted' && asked === 1) this.builder.releaseBuffer(built);
    await this.settlements.settle(built.draft, outcome, built.receipt.payload.hashes.bytes, { relay });
  }

  /** @returns what became of it, by which relay, the last that was asked, and how many were. */
  private async submitOne(
    { draft: { message, contact, identity, running }, raw }: Built,
    { isLate, isHalted }: Limits,
  ): Promise<{ outcome: SubmissionOutcome; relay: string | null; asked: number }> {
    const journal = this.journals.own;
    const guard = (): void => {
      if (isLate()) throw new LeaseExpired('The lease is nearly over; nothing was sent.');
    };
    let relay: string | null = null;
    let asked = 0;
    const outcome = await this.transport.submit(
      {
        from: this.engagement.returnPath(message.id, identity.returnHost),
        to: contact.email,
        vendorId: message.vendorId,
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
            // It is accepted whether or not the disk takes that down: the ledger hears it in a moment.
            this.logger.error('The send journal could not be written; see JOURNAL_FOLDER.', error);
          }
        },
      },
    );
    return { outcome, relay, asked };
  }
}

/**
 * A process that was paused must not go on under a lease that others believe is over. Both clocks are asked: the monotonic one does not
 * jump, and the wall clock goes on while a machine sleeps.
 */
function lateAfter(untilMs: number): () => boolean {
  const wallOffsetMs = Date.now() - performance.now();
  return () => Math.max(performance.now(), Date.now() - wallOffsetMs) > untilMs;
}
