import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { MessageEvents, type MessageSubject } from '#delivery';
import { Clock, DAY_MS, DomainError, type Id, newId, type SystemActor } from '#kernel';
import { DkimSigner, type InboundDelivery, MailTransport, type MailToForward, readForForwarding } from '#mailer';
import { encodeText, formatAddress, headerLine } from '#rendering';
import { ReturnAddresses } from './return-addresses.service.js';
import { RETURNS_ADDRESS } from './return-address.js';

/** A mail that went round so often is in a loop (RFC 5321, 6.3). */
const MAX_HOPS = 30;
const FORWARDED_HEADER = 'X-Throughline-Forwarded';
/**
 * Replies that are forwarded in 24 hours. Each one is a mail from our servers
 * that a stranger causes. No person answers one e-mail more often.
 */
const REPLIES_A_DAY = { ofMessage: 20, ofPartner: 1_000 } as const;
/** A display name longer than this is no name. */
const NAME_CHARS = 100;

/** Whether a reply was forwarded; else why not, for the list of events. */
export type Forwarding = { readonly isForwarded: true } | { readonly isForwarded: false; readonly why: string };

/** Forwards replies to the partner's reply address. */
@Injectable()
export class ReplyForwarding {
  constructor(
    private readonly database: Database,
    private readonly events: MessageEvents,
    private readonly profiles: BrandProfiles,
    private readonly transport: MailTransport,
    private readonly signer: DkimSigner,
    private readonly addresses: ReturnAddresses,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /**
   * Forwards a reply with its text and attachments. From is an address of ours
   * with the person's name, signed by us: a server that checks DMARC refuses
   * the person's own From from our servers. Answers go to the person. A refusal
   * comes back to a return path that names the message.
   * @param subject the message that the reply answers.
   * @throws DomainError `reply.too-many`: its server shall try again later.
   * @throws Error if the relay does not take it now.
   */
  async forward(actor: SystemActor, { raw }: InboundDelivery, subject: MessageSubject): Promise<Forwarding> {
    await this.requireAllowance(actor, subject);
    const { contact } = await this.profiles.current(actor);
    if (contact.email === null) return { isForwarded: false, why: 'the brand profile has no e-mail address' };
    if (isLooping(raw)) return { isForwarded: false, why: 'the mail is in a loop' };
    const mail = await readForForwarding(raw);
    const header = mail === null ? null : this.headerOf(mail, contact.email);
    if (mail === null || header === null) return { isForwarded: false, why: 'its sender or header cannot be read' };
    const from = this.addresses.forwardingReturnPath(subject.messageId);
    const letter = Buffer.concat([Buffer.from(`${header}${mail.headers}\r\n`, 'latin1'), mail.body]);
    const pieces = await this.signer.signed(letter, this.clock.now());
    const outcome = await this.transport.submit({ from, to: contact.email }, pieces);
    if (outcome.kind === 'accepted' || outcome.kind === 'unknown') return { isForwarded: true };
    if (outcome.kind === 'permanent') return { isForwarded: false, why: 'the mail server refused it' };
    throw new Error(`The relay did not take an answer for a partner: ${outcome.text}`);
  }

  private async requireAllowance(actor: SystemActor, subject: MessageSubject): Promise<void> {
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const sent = await this.database.inTransaction(actor, () => this.events.countReplies(subject, since));
    if (sent.ofMessage < REPLIES_A_DAY.ofMessage && sent.ofPartner < REPLIES_A_DAY.ofPartner) return;
    throw new DomainError(
      'reply.too-many',
      `${sent.ofMessage} replies to this message, and ${sent.ofPartner} to this partner, were forwarded within 24 hours. The next one waits at its server.`,
      { ...sent, most: REPLIES_A_DAY },
      { kind: 'unavailable' },
    );
  }

  /** The new header fields; null if an address cannot be in a header. */
  private headerOf({ name, address, headers }: MailToForward, to: string): string | null {
    const { MAIL_DOMAIN } = this.config;
    const shown = readableName(name) || (address.split('@')[0] ?? '');
    try {
      const fields: [string, string][] = [
        [FORWARDED_HEADER, MAIL_DOMAIN],
        ['From', formatAddress({ name: shown, address: `${RETURNS_ADDRESS}@${MAIL_DOMAIN}` })],
        ['Reply-To', formatAddress({ name: readableName(name), address })],
        ['To', formatAddress({ name: '', address: to })],
      ];
      const present = new Set(headers.split('\r\n').map((line) => line.split(':', 1)[0]?.toLowerCase()));
      if (!present.has('subject')) fields.push(['Subject', encodeText('')]);
      if (!present.has('date')) fields.push(['Date', this.clock.now().toUTCString().replace('GMT', '+0000')]);
      if (!present.has('message-id')) fields.push(['Message-ID', `<${newId<Id<'answer'>>()}@${MAIL_DOMAIN}>`]);
      return fields.map(([field, value]) => `${headerLine(field, value)}\r\n`).join('');
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
}

/** The name in one line, without control characters. */
const readableName = (name: string): string =>
  name
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, NAME_CHARS);

function isLooping(raw: Buffer): boolean {
  const [header = ''] = raw
    .subarray(0, 256 * 1024)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return (
    (header.match(/^received:/gim)?.length ?? 0) > MAX_HOPS || new RegExp(`^${FORWARDED_HEADER}:`, 'im').test(header)
  );
}
