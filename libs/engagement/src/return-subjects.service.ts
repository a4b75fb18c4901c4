import { Injectable } from '@nestjs/common';
import { MessageEvents, type MessageSubject } from '#delivery';
import { isId, type MessageId, type PartnerId, systemActor } from '#kernel';
import { type InboundReport, isAbsenceSubject } from '#mailer';
import { Organisations } from '#organisations';
import { SealRecords } from '#seal';
import { ReturnAddresses } from './return-addresses.service.js';
import type { ReturnAddress } from './return-address.js';

const RETURNS = systemActor('returns');

/** Finds the message and the partner that a returned mail is about. */
@Injectable()
export class ReturnSubjects {
  constructor(
    private readonly events: MessageEvents,
    private readonly addresses: ReturnAddresses,
    private readonly organisations: Organisations,
    private readonly seals: SealRecords,
  ) {}

  /** Whether an opened address receives returned mail. */
  async isKnown(address: ReturnAddress | null): Promise<boolean> {
    if (isOfMessage(address)) return (await this.events.subject(RETURNS, address.messageId)) !== null;
    return (
      address?.kind === 'service' ||
      address?.kind === 'invitation' ||
      (address?.kind === 'sender' && (await this.senderOf(address)) !== null)
    );
  }

  /**
   * A campaign's subject can begin like an absence notice: "Out of office, and
   * still protected". It is taken off before the subject of an answer decides.
   */
  async judgeBySubject(report: InboundReport, subject: MessageSubject | null): Promise<InboundReport> {
    const { judgedBySubject } = report;
    if (judgedBySubject === null || subject === null) return report;
    const actor = systemActor('returns', { partnerId: subject.partnerId });
    const isOwn = await this.seals.subjectTest(actor, subject.messageId);
    if (isOwn === null || isAbsenceSubject(judgedBySubject, isOwn)) return report;
    return { ...report, kind: 'reply', why: 'a person wrote it' };
  }

  /** By its own return path, else by the original that it names. */
  async find(address: ReturnAddress, report: InboundReport): Promise<MessageSubject | null> {
    if (isOfMessage(address)) return this.events.subject(RETURNS, address.messageId);
    const [id = '', domain] = (report.originalId ?? '').split('@');
    if (!isId(id) || domain?.toLowerCase() !== this.addresses.mailDomain) return null;
    const found = await this.events.subject(RETURNS, id as string as MessageId);
    // A mail to one partner that names another partner's message is not trusted
    // for either.
    const sender = await this.senderOf(address);
    return sender === null || sender === found?.partnerId ? found : null;
  }

  /** The partner whose sending address it is, or null. */
  async senderOf(address: ReturnAddress): Promise<PartnerId | null> {
    return address.kind === 'sender' ? this.organisations.partnerBySlug(RETURNS, address.name) : null;
  }
}

type OfMessage = Extract<ReturnAddress, { readonly messageId: MessageId }>;

/** Whether an address belongs to one message of ours. */
const isOfMessage = (address: ReturnAddress | null): address is OfMessage => address !== null && 'messageId' in address;
