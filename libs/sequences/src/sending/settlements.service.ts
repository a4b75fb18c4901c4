import { Injectable, Logger } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Database } from '#database';
import {
  breachOf,
  HaltNotifications,
  Journals,
  lateByMs,
  type MessageState,
  type Settlement,
  settlementOf,
} from '#delivery';
import { Clock, type PartnerId, systemActor } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import type { ReasonCode } from '../enrolment/reason.js';
import type { Draft } from './draft.js';
import { tallyOf } from './relay-answers.js';
import type { SettledDraft } from './settled-draft.js';
import { SettlementWriter } from './settlement-writer.service.js';

/** An outcome that waits to be written. */
interface Item extends SettledDraft {
  readonly done: () => void;
}

/**
 * A batch is written at this size or age. A commit costs as much as fifty rows
 * in it. Waiting is safe: the journal has the relay's answers. At 500 messages
 * a second, a process fills three quarters of a batch.
 */
const BATCH = 100;
const BATCH_MS = 150;

const messages = new Counter({
  name: 'throughline_messages_total',
  help: 'Hand-overs by the state that they brought their message into.',
  labelNames: ['state'],
});
const internalFailures = new Counter({
  name: 'throughline_internal_send_failures_total',
  help: 'Tries that failed on our side before anything went out: builds, receipts, the send journal.',
});
const lateness = new Histogram({
  name: 'throughline_message_lateness_seconds',
  help: 'Time from when a message was due, by its calendar or after what it waited for on purpose, until the relay had accepted it.',
  buckets: [0.25, 0.5, 1, 2, 5, 15, 60, 300, 900, 3600, 14_400, 86_400],
});

/**
 * Collects outcomes of submissions and writes many of them in one transaction.
 */
@Injectable()
export class Settlements {
  private readonly logger = new Logger(Settlements.name);
  private readonly alarms = new Map<PartnerId, Promise<void>>();
  private readonly waiting = new Map<PartnerId, { items: Item[]; timer: NodeJS.Timeout }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly journals: Journals,
    private readonly halts: HaltNotifications,
    private readonly writer: SettlementWriter,
  ) {}

  /**
   * @param facts `reason`: a failure that the product itself found, instead of
   *   the relay's; `relay`: the relay that was asked last.
   * @returns when the outcome is committed, or when the process must end
   *   before. In that case the journal settles it at the next start.
   */
  settle(
    draft: Draft,
    outcome: SubmissionOutcome,
    finalHash: string,
    { reason, relay = null }: { reason?: ReasonCode; relay?: string | null } = {},
  ): Promise<void> {
    const { message } = draft;
    const made = settlementOf(message, message.attempt + 1, outcome, finalHash, this.clock.now(), Math.random());
    const settlement = reason === undefined ? made : { ...made, reason: reason as Settlement['reason'] };
    return new Promise((done) => {
      this.add(message.partnerId, { draft, outcome, settlement, relay, done });
    });
  }

  private add(partnerId: PartnerId, item: Item): void {
    const known = this.waiting.get(partnerId);
    if (known === undefined) {
      const timer = setTimeout(() => void this.flush(partnerId), BATCH_MS);
      this.waiting.set(partnerId, { items: [item], timer });
      return;
    }
    known.items.push(item);
    if (isAlarming(item, known.items)) this.evaluateBreaker(partnerId);
    else if (known.items.length >= BATCH) void this.flush(partnerId);
  }

  /** Writes what waits of a partner now. */
  writeWaiting(partnerId: PartnerId): void {
    void this.flush(partnerId);
  }

  /**
   * Resolves when the outcomes that may stop a partner are written and
   * evaluated. Until then no further message of the partner is submitted here.
   */
  breakerEvaluated(partnerId: PartnerId): Promise<void> | undefined {
    return this.alarms.get(partnerId);
  }

  private evaluateBreaker(partnerId: PartnerId): void {
    const judged = this.flush(partnerId)
      .then(() => this.halts.refresh())
      .finally(() => {
        if (this.alarms.get(partnerId) === judged) this.alarms.delete(partnerId);
      });
    this.alarms.set(partnerId, judged);
  }

  private async flush(partnerId: PartnerId): Promise<void> {
    const batch = this.waiting.get(partnerId);
    if (batch === undefined) return;
    this.waiting.delete(partnerId);
    clearTimeout(batch.timer);
    const states = await this.writeUntilDone(partnerId, batch.items);
    for (const item of batch.items) {
      if (states !== null) this.count(item, states.get(item.draft.message.id));
      item.done();
    }
    if (states !== null) this.journals.own.markSettled(batch.items.map(({ draft }) => draft.message));
  }

  /**
   * Retries until the outcomes are written: a restart of PostgreSQL must not
   * lose the relay's answers.
   * @returns null if the process must end before.
   */
  private async writeUntilDone(
    partnerId: PartnerId,
    items: readonly Item[],
  ): Promise<Map<string, MessageState> | null> {
    const actor = systemActor('scheduler', { partnerId });
    const written = await this.journals.retryUntilWritten(`${items.length} outcomes`, () =>
      this.database.inTransaction(actor, () => this.writer.write(actor, partnerId, items)),
    );
    if (written === null) this.logger.error('Outcomes could not be written; the journal tells them at the next start.');
    written?.committed();
    return written?.states ?? null;
  }

  private count({ draft: { message }, settlement }: Item, state: MessageState | undefined): void {
    if (state === undefined) return;
    if (settlement.reason === 'internal-error') internalFailures.inc();
    messages.inc({ state });
    if (state === 'accepted') lateness.observe(lateByMs(message, settlement.at) / 1000);
  }
}

/**
 * Whether a batch alone is enough to stop its partner. It is written at once,
 * because each further message may fail, too.
 */
const isAlarming = ({ outcome }: Item, items: readonly Item[]): boolean =>
  outcome.kind === 'permanent' && breachOf([tallyOf(items)]) !== null;
