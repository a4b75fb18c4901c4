import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  type ActivationId,
  type ContactId,
  type MessageId,
  notFound,
  type PartnerId,
  systemActor,
  type VendorId,
} from '#kernel';
import { LINK_PURPOSES, openToken, sealToken } from './message-token.js';
import { TokenKeys } from './token-keys.service.js';

const ENGAGEMENT = systemActor('engagement');

/** The message and contact of a token. */
export interface TokenSubject {
  readonly messageId: MessageId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly settledAt: Date | null;
}

/** The links of messages, which are computed and not stored. */
@Injectable()
export class MessageLinks {
  constructor(
    private readonly keys: TokenKeys,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Addresses of one message's own, by link name; computed, not stored. */
  linksOf(messageId: MessageId, names: readonly string[]): Record<string, string> & { readonly unsubscribe: string } {
    const links = Object.fromEntries(
      names.map((name, number) => [
        name,
        `${this.config.PUBLIC_URL}/l/${sealToken(this.keys.current, { messageId, purpose: number })}`,
      ]),
    );
    const unsubscribe = this.unsubscribeUrl(messageId);
    return {
      ...links,
      unsubscribe,
      preferences: `${unsubscribe}/preferences`,
      viewInBrowser: `${this.config.PUBLIC_URL}/v/${sealToken(this.keys.current, { messageId, purpose: LINK_PURPOSES.viewInBrowser })}`,
    };
  }

  unsubscribeUrl(messageId: MessageId): string {
    return `${this.config.PUBLIC_URL}/u/${sealToken(this.keys.current, { messageId, purpose: LINK_PURPOSES.unsubscribe })}`;
  }

  /**
   * @throws DomainError `link.not-found` for a token of another purpose or
   *   installation.
   */
  async openLinkFor(token: string, purpose: keyof typeof LINK_PURPOSES): Promise<TokenSubject> {
    const opened = openToken(this.keys.all, token);
    if (opened?.purpose !== LINK_PURPOSES[purpose]) throw notFound('link', 'token');
    return this.subject(opened.messageId);
  }

  /**
   * @throws DomainError `link.not-found` for a token of another installation.
   */
  openLink(token: string): { readonly messageId: MessageId; readonly purpose: number } {
    const opened = openToken(this.keys.all, token);
    if (opened === null) throw notFound('link', 'token');
    return opened;
  }

  private async subject(messageId: MessageId): Promise<TokenSubject> {
    const [found] = await this.database.inTransaction(ENGAGEMENT, () =>
      this.database.query<TokenSubject>(
        `SELECT id AS message_id, partner_id, vendor_id, activation_id, contact_id, settled_at FROM delivery.message_view WHERE id = $1`,
        [messageId],
      ),
    );
    if (found === undefined) throw notFound('link', 'token');
    return found;
  }
}
