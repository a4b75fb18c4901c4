import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Database } from '#database';
import { type MessageEvent, MessageEvents, type MessageOutcome, type MessageSubject } from '#delivery';
import { PartnerInvitations } from '#identity';
import { type SystemActor, systemActor, messageOf } from '#kernel';
import { type InboundDelivery, type InboundOutcome, type InboundReport, classifyInbound } from '#mailer';
import { ForwardingNotices } from './forwarding-notices.service.js';
import { TaskBusyError } from '#subprocess';
import { ReplyForwarding } from './reply-forwarding.service.js';
import { ReturnEffects, type SuppressionReach } from './return-effects.service.js';
import { ReturnAddresses } from './return-addresses.service.js';
import type { ReturnAddress } from './return-address.js';
import { ReturnSubjects } from './return-subjects.service.js';

const RETURNS = systemActor('returns');

const returns = new Counter({
  name: 'throughline_returns_total',
  help: 'What came back by mail, by what it is and whether it names a message of ours.',
  labelNames: ['kind', 'message'],
});

/**
 * Returned mail: `address → read → find message → forward → record once →
 * apply`.
 */
@Injectable()
export class Returns {
  private readonly reports = new WeakMap<Buffer, Promise<InboundReport>>();

  constructor(
    private readonly database: Database,
    private readonly events: MessageEvents,
    private readonly addresses: ReturnAddresses,
    private readonly subjects: ReturnSubjects,
    private readonly consequences: ReturnEffects,
    private readonly forwarding: ReplyForwarding,
    private readonly notices: ForwardingNotices,
    private readonly invitations: PartnerInvitations,
  ) {}

  /** Whether an address receives returned mail. */
  accepts(recipient: string): Promise<boolean> {
    return this.subjects.isKnown(this.addresses.openReturnAddress(recipient));
  }

  /**
   * Processes one mail.
   * Idempotent.
   * @returns `refused` for a letter to a sending address that answers no message
   *   of the partner. Forwarding it would let strangers use the address, and a
   *   certification authority prove the domain to a partner.
   * @throws Error if it cannot be stored now; the sender keeps it and retries.
   */
  async receive(mail: InboundDelivery): Promise<InboundOutcome> {
    const address = this.addresses.openReturnAddress(mail.recipient);
    if (address === null) return 'stored';
    const read = await this.reportOf(mail);
    const subject = await this.subjects.find(address, read);
    const report = await this.subjects.judgeBySubject(read, subject);
    const partnerId = subject?.partnerId ?? (await this.subjects.senderOf(address));
    const actor = partnerId === null ? RETURNS : systemActor('returns', { partnerId });
    const event = eventOf(mail, address, report);
    if (await this.isDuplicate(actor, event)) return 'stored';
    if (event.kind === 'reply' && address.kind === 'sender' && subject === null) return 'refused';
    if (address.kind === 'forwarded') {
      if (subject !== null) await this.recordForwardingReport(actor, subject, event, report);
      return 'stored';
    }
    const forwarding =
      event.kind === 'reply' && subject !== null ? await this.forwarding.forward(actor, mail, subject) : undefined;
    const isNew = await this.database.inTransaction(actor, async () => {
      const first = await this.events.record(
        partnerId === null ? null : { messageId: subject?.messageId ?? null, partnerId },
        forwarding?.isForwarded === true ? withWhy(event, 'passed on to the partner') : event,
        outcomeOf(report),
      );
      if (first && address.kind === 'invitation' && report.outcome === 'bounced')
        await this.invitations.recordBounce(actor, address.invitationId, saidOf(report));
      if (first && subject !== null) {
        await this.consequences.apply(actor, subject, event.kind, report, reachOf(address, subject));
        if (forwarding?.isForwarded === false) await this.recordLostReply(actor, subject, event, forwarding.why);
      }
      return first;
    });
    if (isNew) returns.inc({ kind: event.kind, message: subject === null ? 'none' : 'ours' });
    return 'stored';
  }

  /**
   * A report about a reply that was forwarded to the partner. It concerns the
   * partner's mailbox, so it changes nothing about the message or its contact.
   */
  private async recordForwardingReport(
    actor: SystemActor,
    subject: MessageSubject,
    event: MessageEvent,
    report: InboundReport,
  ): Promise<void> {
    if (report.outcome !== 'bounced') return;
    await this.database.inTransaction(actor, () => this.recordLostReply(actor, subject, event, saidOf(report)));
  }

  /** In the open transaction: the partner is told once. */
  private async recordLostReply(
    actor: SystemActor,
    subject: MessageSubject,
    { source, sourceId, status, reporter, excerpt }: MessageEvent,
    why: string,
  ): Promise<void> {
    const { messageId, partnerId } = subject;
    const lost = {
      source,
      sourceId: `${sourceId} forwarding`,
      kind: 'forwarding-failed',
      why,
      status,
      reporter,
      excerpt,
    };
    if (await this.events.record({ messageId, partnerId }, lost, null)) await this.notices.post(actor, subject, why);
  }

  /** A mail to several recipients is parsed once. */
  private reportOf(mail: InboundDelivery): Promise<InboundReport> {
    const report = this.reports.get(mail.raw) ?? readTolerantly(mail);
    this.reports.set(mail.raw, report);
    return report;
  }

  /**
   * A reply is forwarded before it is recorded, so that none is lost.
   * This prevents a second forward on retry.
   */
  private async isDuplicate(actor: SystemActor, event: MessageEvent): Promise<boolean> {
    return this.database.inTransaction(actor, () => this.events.isStored(event));
  }
}

const withWhy = (event: MessageEvent, more: string): MessageEvent => {
  const { source, sourceId, kind, why, status, reporter, excerpt } = event;
  return { source, sourceId, kind, why: `${why}; ${more}`, status, reporter, excerpt };
};

/**
 * Only servers on the route know a message's own return path.
 * A vendor's own server is believed for that vendor alone.
 */
function reachOf({ kind }: ReturnAddress, { byVendorsRelay }: MessageSubject): SuppressionReach {
  if (kind !== 'bounce') return 'partner';
  return byVendorsRelay ? 'vendor' : 'installation';
}

/**
 * A mail that the parser refuses still counts as returned mail.
 * @throws TaskBusyError
 */
async function readTolerantly(mail: InboundDelivery): Promise<InboundReport> {
  try {
    return await classifyInbound(mail);
  } catch (error) {
    // It was not read at all: its server tries again.
    if (error instanceof TaskBusyError) throw error;
    const why = `cannot be read: ${messageOf(error)}`.slice(0, 200);
    return {
      kind: 'unknown',
      outcome: null,
      why,
      status: null,
      recipient: null,
      originalId: null,
      reporter: null,
      excerpt: '',
      isProven: false,
      judgedBySubject: null,
    };
  }
}

function eventOf({ raw, recipient }: InboundDelivery, address: ReturnAddress, report: InboundReport): MessageEvent {
  const { why, status, reporter, excerpt } = report;
  const sourceId = createHash('sha256').update(`${recipient.toLowerCase()}\n`).update(raw).digest('hex');
  const leaves = address.kind === 'leave';
  return {
    source: 'smtp',
    sourceId,
    kind: leaves ? 'unsubscribe' : report.kind,
    why: leaves ? 'wrote to the address for leaving' : why,
    status,
    reporter,
    excerpt,
  };
}

/**
 * For the sender of the invitation: rule, status and server text, without any
 * address.
 */
const saidOf = ({ why, status, excerpt }: InboundReport): string =>
  [status, why, excerpt].filter((part) => part !== null && part !== '').join(': ');

function outcomeOf({ outcome, kind }: InboundReport): MessageOutcome | null {
  if (outcome === null) return null;
  if (outcome !== 'bounced') return { state: outcome };
  return { state: 'bounced', kind: kind === 'hard' || kind === 'soft' || kind === 'block' ? kind : 'unknown' };
}
