import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import type { InvitationId, MessageId } from '#kernel';
import { openReturnAddress, type ReturnAddress, sealedLocalPart } from './return-address.js';
import { TokenKeys } from './token-keys.service.js';

/** The addresses to which mail about a message returns, which are computed and not stored. */
@Injectable()
export class ReturnAddresses {
  constructor(
    private readonly keys: TokenKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** The domain of return paths and message ids, in lower case. */
  get mailDomain(): string {
    return this.config.MAIL_DOMAIN.toLowerCase();
  }

  /**
   * A message's own return path (VERP): a mail to it concerns this message.
   * @param host under the partner's domain, with the mail domain's MX; null:
   *   the mail domain.
   */
  returnPath(messageId: MessageId, host: string | null = null): string {
    return `${sealedLocalPart(this.keys.current, 'bounce', messageId)}@${host ?? this.config.MAIL_DOMAIN}`;
  }

  /** The Reply-To of a message: a mail to it answers this message. */
  replyAddress(messageId: MessageId): string {
    return `${sealedLocalPart(this.keys.current, 'reply', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The return path of a forwarded reply to a message. */
  forwardingReturnPath(messageId: MessageId): string {
    return `${sealedLocalPart(this.keys.current, 'forwarded', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The address that unsubscribes a message's recipient by mail (RFC 2369). */
  leaveAddress(messageId: MessageId): string {
    return `${sealedLocalPart(this.keys.current, 'leave', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The return path of the mail of an invitation. */
  invitationReturnPath(id: InvitationId): string {
    return `${sealedLocalPart(this.keys.current, 'invited', id)}@${this.config.MAIL_DOMAIN}`;
  }

  /** @returns null for what is no return address of this installation. */
  openReturnAddress(address: string): ReturnAddress | null {
    return openReturnAddress(this.keys.all, this.config.MAIL_DOMAIN, address);
  }
}
