import { Injectable } from '@nestjs/common';
import { Clock, type ContactId, DAY_MS, type Id, type MessageId, notFound, type PartnerId } from '#kernel';
import { FEED, openToken, OPT_IN, sealToken, SITE, VISITOR } from './message-token.js';
import { TokenKeys } from './token-keys.service.js';

/** As long as the script of the website keeps it: apps/api/embed-scripts/2/visits.js. */
const VISITOR_MS = 90 * DAY_MS;

/** Tokens in public addresses that belong to no message: opt-ins, feeds, websites and their visitors. */
@Injectable()
export class PublicTokens {
  constructor(
    private readonly keys: TokenKeys,
    private readonly clock: Clock,
  ) {}

  /** An unguessable token of an opt-in, for its confirmation link. */
  optInToken(id: Id<'opt-in'>): string {
    return sealToken(this.keys.current, { messageId: id as string as MessageId, purpose: OPT_IN });
  }

  /**
   * @throws DomainError `link.not-found` for a token of another installation.
   */
  openOptIn(token: string): Id<'opt-in'> {
    const opened = openToken(this.keys.all, token);
    if (opened?.purpose !== OPT_IN) throw notFound('link', 'token');
    return opened.messageId as string as Id<'opt-in'>;
  }

  /**
   * An unguessable token of a partner's feed: who knows the partner's id must not learn which vendors'
   * campaigns it runs.
   */
  feedToken(partnerId: PartnerId): string {
    return sealToken(this.keys.current, { messageId: partnerId as string as MessageId, purpose: FEED });
  }

  /** @throws DomainError `feed.not-found` for a token of another installation. */
  openFeed(token: string): PartnerId {
    const opened = openToken(this.keys.all, token);
    if (opened?.purpose !== FEED) throw notFound('feed', 'token');
    return opened.messageId as string as PartnerId;
  }

  /** The token of a partner's website: it is public there. */
  siteToken(partnerId: PartnerId): string {
    return sealToken(this.keys.current, { messageId: partnerId as string as MessageId, purpose: SITE });
  }

  /** @throws DomainError `website.not-found` for a token of another installation. */
  openSite(token: string): PartnerId {
    const opened = openToken(this.keys.all, token);
    if (opened?.purpose !== SITE) throw notFound('website', 'token');
    return opened.messageId as string as PartnerId;
  }

  /** Names a contact for 90 days to the website of its partner, which keeps it with the person's consent. */
  visitorToken(contactId: ContactId): string {
    const until = new Date(this.clock.now().getTime() + VISITOR_MS);
    return sealToken(this.keys.current, { messageId: contactId as string as MessageId, purpose: VISITOR, until });
  }

  /** @returns null for another token, or one that has ended. The contact may be another partner's, or erased. */
  openVisitor(token: string): ContactId | null {
    const opened = openToken(this.keys.all, token);
    const isValid = opened?.purpose === VISITOR && opened.until !== undefined && opened.until > this.clock.now();
    return isValid ? (opened.messageId as string as ContactId) : null;
  }
}
