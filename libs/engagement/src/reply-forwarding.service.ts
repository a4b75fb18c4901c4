import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Clock, newId, type Id, type SystemActor } from '#kernel';
import { type InboundDelivery, MailTransport } from '#mailer';
import { RETURNS_ADDRESS } from './return-address.js';

/** A mail that went round so often is in a loop (RFC 5321, 6.3). */
const MAX_HOPS = 30;
const FORWARDED_HEADER = 'X-Throughline-Forwarded';

/** Forwards replies to the partner's reply address. */
@Injectable()
export class ReplyForwarding {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /**
   * Forwards a reply to the partner unchanged, with the resent fields of RFC
   * 5322, 3.6.6. So the signature of the sender's server stays valid.
   * @returns false if there is no address to forward to, or the mail is in a
   *   loop.
   * @throws Error if the relay refuses it.
   */
  async passOn(actor: SystemActor, { raw }: InboundDelivery): Promise<boolean> {
    const { contact } = await this.profiles.current(actor);
    if (contact.email === null || isLooping(raw)) return false;
    const { MAIL_DOMAIN } = this.config;
    const from = `${RETURNS_ADDRESS}@${MAIL_DOMAIN}`;
    const trace = [
      `${FORWARDED_HEADER}: ${MAIL_DOMAIN}`,
      `Resent-From: <${from}>`,
      `Resent-To: <${contact.email}>`,
      `Resent-Date: ${this.clock.now().toUTCString().replace('GMT', '+0000')}`,
      `Resent-Message-ID: <${newId<Id<'answer'>>()}@${MAIL_DOMAIN}>`,
    ];
    const resent = [Buffer.from(`${trace.join('\r\n')}\r\n`), raw];
    const outcome = await this.transport.submit({ from, to: contact.email }, resent);
    if (outcome.kind === 'accepted' || outcome.kind === 'unknown') return true;
    if (outcome.kind === 'permanent') return false;
    throw new Error(`The relay did not take an answer for a partner: ${outcome.text}`);
  }
}

function isLooping(raw: Buffer): boolean {
  const [header = ''] = raw
    .subarray(0, 256 * 1024)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return (
    (header.match(/^received:/gim)?.length ?? 0) > MAX_HOPS || new RegExp(`^${FORWARDED_HEADER}:`, 'im').test(header)
  );
}
