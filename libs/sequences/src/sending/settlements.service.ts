import { Injectable, Logger } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { FrequencyCaps } from '#contacts';
import { Database } from '#database';
import {
  breachOf,
  CircuitBreaker,
  type DestinationAnswer,
  Destinations,
  HaltNotifications,
  Journals,
  lateByMs,
  Ledger,
  MailGroups,
  type MessageState,
  type Settlement,
  settlementOf,
  type Tally,
} from '#delivery';
import { Clock, type PartnerId, type SystemActor, systemActor, groupBy } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { DeadAddresses } from './dead-addresses.service.js';
import type { Draft } from './send-preflight.service.js';
import type { ReasonCode } from '../enrolment/reason.js';
import { domainOf } from './sending-stream.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';

/** What became of one draft. */
interface Item {
  readonly draft: Draft;
  readonly outcome: SubmissionOutcome;
  readonly settlement: Settlement;
  readonly relay: string | null;
  readonly done: () => void;
}

/**
 * A batch is written when it has so many, or is so old: one commit costs as much as fifty rows in it. The journal has known for as long what
 * the relay answered, so that waiting risks nothing; a process that sends 500 a second fills three quarters of a batch.
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

/** Writes what became of hand-overs, many in one transaction: ledger, step, next due moment, dead addresses, waiting destinations. */
@Injectable()
export class Settlements {
  private readonly logger = new Logger(Settlements.name);
  private readonly alarms = new Map<PartnerId, Promise<void>>();
  private readonly waiting = new Map<PartnerId, { items: Item[]; timer: NodeJS.Timeout }>();

  // More parameters than elsewhere: one commit is what all of it has in common.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly journals: Journals,
    private readonly groups: MailGroups,
    private readonly destinations: Destinations,
    private readonly breaker: CircuitBreaker,
    private readonly halts: HaltNotifications,
    private readonly dead: DeadAddresses,
    private readonly caps: FrequencyCaps,
    private readonly outcomes: StepOutcomes,
  ) {}

  /**
   * @param facts `reason` of a failure that the product itself found, in place of the relay's; `relay` that was asked last.
   * @returns when it is committed, or when the process had to end before, so that the journal has to tell later.
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

  /** Resolves once what looked like enough to stop a partner was written and judged: until then nothing more of it begins here. */
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

  /** What the relay has answered must not be lost because PostgreSQL restarts. @returns null when the process has to end before. */
  private async writeUntilDone(
    partnerId: PartnerId,
    items: readonly Item[],
  ): Promise<Map<string, MessageState> | null> {
    const actor = systemActor('scheduler', { partnerId });
    const written = await this.journals.retryUntilWritten(`${items.length} outcomes`, () =>
      this.database.inTransaction(actor, () => this.write(actor, partnerId, items)),
    );
    if (written === null) this.logger.error('Outcomes could not be written; the journal tells them at the next start.');
    written?.committed();
    return written?.states ?? null;
  }

  private async write(
    actor: SystemActor,
    partnerId: PartnerId,
    items: readonly Item[],
  ): Promise<{ states: Map<string, MessageState>; committed: () => void }> {
    await this.breaker.lockPartner(partnerId, tallyOf(items));
    const groups = await this.groups.groupsOf(items.map(({ draft }) => domainOf(draft.contact.email)));
    const groupOf = ({ draft: { contact } }: Item): string =>
      groups.get(domainOf(contact.email)) ?? domainOf(contact.email);
    const states = await this.ledger.settle(
      items.map((item) => ({
        ...item.settlement,
        releaseId: item.draft.message.releaseId,
        relay: item.relay,
        mailGroup: sharedGroup(groupOf(item), item),
      })),
    );
    const written = items.filter(({ draft }) => states.has(draft.message.id));
    const committed = await this.destinations.recordAnswers(
      written.flatMap((item) => {
        const kind = answerOf(item.outcome);
        return kind === null ? [] : [{ kind, group: groupOf(item), text: item.outcome.text }];
      }),
    );
    await this.breaker.record(partnerId, tallyOf(written));
    await this.dead.suppress(actor, written);
    await this.refundCaps(actor, written);
    await this.outcomes.record(
      partnerId,
      written.flatMap(({ draft: { message, running }, settlement: { state, reason, at } }) =>
        state === 'planned'
          ? []
          : [{ message, running, outcome: state === 'accepted' ? 'sent' : 'failed', reason: reason as ReasonCode, at }],
      ),
    );
    return { states, committed };
  }

  /** A message that was refused for good, by us or by the relay, reached nobody: it does not count against the person's allowance. */
  private async refundCaps(actor: SystemActor, written: readonly Item[]): Promise<void> {
    const failed = written.filter(({ settlement }) => settlement.state === 'failed').map(({ draft }) => draft.message);
    for (const [vendorId, messages] of groupBy(failed, (message) => message.vendorId))
      await this.caps.release(actor, vendorId, messages);
  }

  private count({ draft: { message }, settlement }: Item, state: MessageState | undefined): void {
    if (state === undefined) return;
    if (settlement.reason === 'internal-error') internalFailures.inc();
    messages.inc({ state });
    if (state === 'accepted') lateness.observe(lateByMs(message, settlement.at) / 1000);
  }
}

/** Whether a batch is by itself enough to stop its partner: each message more that goes out while it waits may be as bad. */
const isAlarming = ({ outcome }: Item, items: readonly Item[]): boolean =>
  outcome.kind === 'permanent' && breachOf([tallyOf(items)]) !== null;

const sharedGroup = (group: string, { draft: { contact } }: Item): string | null =>
  group === domainOf(contact.email) ? null : group;

/** What the recipient's mail servers have said of themselves; null where it is nothing. */
function answerOf(outcome: SubmissionOutcome): DestinationAnswer['kind'] | null {
  if (outcome.kind === 'accepted') return 'accepted';
  if (outcome.kind !== 'transient') return null;
  if (outcome.about === 'destination') return 'slow-down';
  return outcome.mayBeDestination ? 'unexplained' : null;
}

/** What the relay took or refused for good; what we refused ourselves it never saw. */
function tallyOf(items: readonly Item[]): Tally {
  const refused = items.filter(({ outcome }) => outcome.kind === 'permanent' && outcome.code > 0);
  const taken = items.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown');
  const bounced = refused.filter(
    ({ outcome }) =>
      outcome.kind === 'permanent' && (outcome.deadAddress || outcome.enhanced?.startsWith('5.7.') === true),
  );
  return { submitted: taken.length + refused.length, bounced: bounced.length, complained: 0 };
}
