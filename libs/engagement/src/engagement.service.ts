import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import type { Source } from '#contracts';
import { Database, unnestRows } from '#database';
import {
  Clock,
  type ActivationId,
  type ContactId,
  DAY_MS,
  type Id,
  type InvitationId,
  type MessageId,
  newId,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { DECOY_LINK, RESERVED_LINKS } from '#rendering';
import { WebhookEvents } from '#webhooks';
import { FEED, LINK_PURPOSES, openToken, OPT_IN, sealToken, SITE, VISITOR } from './message-token.js';
import { openReturnAddress, type ReturnAddress, sealedLocalPart } from './return-address.js';

const ENGAGEMENT = systemActor('engagement');
/** How long a click names its reader to the page behind it. */
const VISIT_MS = 30 * 60_000;
/** As long as the script of the website keeps it: apps/api/embed-scripts/2/visits.js. */
const VISITOR_MS = 90 * DAY_MS;
/** A browser may be at the page before its click is in PostgreSQL: see `Clicks.follow`. */
const LOOKS_FOR_CLICK = 4;
const BETWEEN_LOOKS_MS = 50;

/** The message and contact of a token. */
export interface TokenSubject {
  readonly messageId: MessageId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly settledAt: Date | null;
}

export interface LinkTarget {
  readonly name: string;
  readonly url: string;
  /** The address names the click, for the script of the partner's website. */
  readonly namesReader?: boolean;
}

/** Tokens and records of interactions: clicks, opt-outs, forms. */
@Injectable()
export class Engagement {
  private readonly key: Buffer;
  /** All that were ever used, the current one first. */
  private readonly keys: readonly Buffer[];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly webhooks: WebhookEvents,
    @Inject(CONFIG) private readonly config: Pick<
      Config,
      'SECRET_KEY' | 'SECRET_KEY_PREVIOUS' | 'LINK_KEYS' | 'PUBLIC_URL' | 'MAIL_DOMAIN'
    >,
  ) {
    const keyOf = (secret: string): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, '', 'throughline message tokens v1', 32));
    const first = keyOf(config.SECRET_KEY);
    this.keys = [...config.LINK_KEYS.map(keyOf), first, ...config.SECRET_KEY_PREVIOUS.map(keyOf)];
    this.key = this.keys[0] ?? first;
  }

  /**
   * Stores an activation's link targets, in the open transaction.
   * A redirect knows no other targets.
   */
  async writeTargets(activationId: ActivationId, partnerId: PartnerId, targets: readonly LinkTarget[]): Promise<void> {
    const rows = unnestRows(
      targets,
      {
        number: ['int', (_, index) => index],
        name: 'text',
        url: 'text',
        namesReader: ['boolean', ({ namesReader }) => namesReader === true],
      },
      [activationId, partnerId, `${this.config.PUBLIC_URL}/p/`],
    );
    await this.database.query(
      `INSERT INTO engagement.link_target (activation_id, partner_id, number, name, url, names_reader, is_ours)
       SELECT $1, $2, (SELECT coalesce(max(number) + 1, 0) FROM engagement.link_target WHERE activation_id = $1)
         + row_number() OVER (ORDER BY number) - 1, name, url, names_reader, starts_with(url, $3) FROM ${rows.from}
       WHERE NOT EXISTS (SELECT FROM engagement.link_target t WHERE t.activation_id = $1 AND t.name = given.name)`,
      rows.parameters,
    );
    await this.database.query(
      `UPDATE engagement.link_target t SET url = given.url, names_reader = given.names_reader, is_ours = starts_with(given.url, $3)
       FROM ${rows.from} WHERE t.activation_id = $1 AND t.partner_id = $2 AND t.name = given.name
         AND (t.url, t.names_reader) IS DISTINCT FROM (given.url, given.names_reader)`,
      rows.parameters,
    );
  }

  /** The names of an activation's links, in the order of their numbers. */
  async linkNames(actor: SystemActor | PartnerActor, activationId: ActivationId): Promise<string[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ name: string }>(
        'SELECT name FROM engagement.link_target WHERE activation_id = $1 ORDER BY number',
        [activationId],
      ),
    );
    return rows.map(({ name }) => name);
  }

  /** Where a link of an activation leads; null: it has none of this name. */
  async linkTarget(actor: SystemActor, activationId: ActivationId, name: string): Promise<string | null> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ url: string }>(
        'SELECT url FROM engagement.link_target WHERE activation_id = $1 AND name = $2',
        [activationId, name],
      ),
    );
    return row?.url ?? null;
  }

  /** Addresses of one message's own, by link name; computed, not stored. */
  linksOf(messageId: MessageId, names: readonly string[]): Record<string, string> & { readonly unsubscribe: string } {
    const links = Object.fromEntries(
      names.map((name, number) => [
        name,
        `${this.config.PUBLIC_URL}/l/${sealToken(this.key, { messageId, purpose: number })}`,
      ]),
    );
    const unsubscribe = this.unsubscribeUrl(messageId);
    return {
      ...links,
      unsubscribe,
      preferences: `${unsubscribe}/preferences`,
      viewInBrowser: `${this.config.PUBLIC_URL}/v/${sealToken(this.key, { messageId, purpose: LINK_PURPOSES.viewInBrowser })}`,
    };
  }

  unsubscribeUrl(messageId: MessageId): string {
    return `${this.config.PUBLIC_URL}/u/${sealToken(this.key, { messageId, purpose: LINK_PURPOSES.unsubscribe })}`;
  }

  /** An unguessable token of an opt-in, for its confirmation link. */
  optInToken(id: Id<'opt-in'>): string {
    return sealToken(this.key, { messageId: id as string as MessageId, purpose: OPT_IN });
  }

  /**
   * @throws DomainError `link.not-found` for a token of another installation.
   */
  openOptIn(token: string): Id<'opt-in'> {
    const opened = openToken(this.keys, token);
    if (opened?.purpose !== OPT_IN) throw notFound('link', 'token');
    return opened.messageId as string as Id<'opt-in'>;
  }

  /**
   * An unguessable token of a partner's feed: who knows the partner's id must not learn which vendors'
   * campaigns it runs.
   */
  feedToken(partnerId: PartnerId): string {
    return sealToken(this.key, { messageId: partnerId as string as MessageId, purpose: FEED });
  }

  /** @throws DomainError `feed.not-found` for a token of another installation. */
  openFeed(token: string): PartnerId {
    const opened = openToken(this.keys, token);
    if (opened?.purpose !== FEED) throw notFound('feed', 'token');
    return opened.messageId as string as PartnerId;
  }

  /** The token of a partner's website: it is public there. */
  siteToken(partnerId: PartnerId): string {
    return sealToken(this.key, { messageId: partnerId as string as MessageId, purpose: SITE });
  }

  /** @throws DomainError `website.not-found` for a token of another installation. */
  openSite(token: string): PartnerId {
    const opened = openToken(this.keys, token);
    if (opened?.purpose !== SITE) throw notFound('website', 'token');
    return opened.messageId as string as PartnerId;
  }

  /** Names a contact for 90 days to the website of its partner, which keeps it with the person's consent. */
  visitorToken(contactId: ContactId): string {
    const until = new Date(this.clock.now().getTime() + VISITOR_MS);
    return sealToken(this.key, { messageId: contactId as string as MessageId, purpose: VISITOR, until });
  }

  /** @returns null for another token, or one that has ended. The contact may be another partner's, or erased. */
  openVisitor(token: string): ContactId | null {
    const opened = openToken(this.keys, token);
    const isValid = opened?.purpose === VISITOR && opened.until !== undefined && opened.until > this.clock.now();
    return isValid ? (opened.messageId as string as ContactId) : null;
  }

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
    return `${sealedLocalPart(this.key, 'bounce', messageId)}@${host ?? this.config.MAIL_DOMAIN}`;
  }

  /** The Reply-To of a message: a mail to it answers this message. */
  replyAddress(messageId: MessageId): string {
    return `${sealedLocalPart(this.key, 'reply', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The return path of a forwarded reply to a message. */
  forwardingReturnPath(messageId: MessageId): string {
    return `${sealedLocalPart(this.key, 'forwarded', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The address that unsubscribes a message's recipient by mail (RFC 2369). */
  leaveAddress(messageId: MessageId): string {
    return `${sealedLocalPart(this.key, 'leave', messageId)}@${this.config.MAIL_DOMAIN}`;
  }

  /** The return path of the mail of an invitation. */
  invitationReturnPath(id: InvitationId): string {
    return `${sealedLocalPart(this.key, 'invited', id)}@${this.config.MAIL_DOMAIN}`;
  }

  /** @returns null for what is no return address of this installation. */
  openReturnAddress(address: string): ReturnAddress | null {
    return openReturnAddress(this.keys, this.config.MAIL_DOMAIN, address);
  }

  /**
   * @throws DomainError `link.not-found` for a token of another purpose or
   *   installation.
   */
  async openLinkFor(token: string, purpose: keyof typeof LINK_PURPOSES): Promise<TokenSubject> {
    const opened = openToken(this.keys, token);
    if (opened?.purpose !== LINK_PURPOSES[purpose]) throw notFound('link', 'token');
    return this.subject(opened.messageId);
  }

  /**
   * @throws DomainError `link.not-found` for a token of another installation.
   */
  openLink(token: string): { readonly messageId: MessageId; readonly purpose: number } {
    const opened = openToken(this.keys, token);
    if (opened === null) throw notFound('link', 'token');
    return opened;
  }

  /**
   * Records an interaction, in the open system transaction.
   * A second opt-out is ignored.
   * @param form name of its page in its campaign, and what led the person there; both null: no form.
   */
  async record(
    subject: Omit<TokenSubject, 'settledAt' | 'messageId'> & { messageId: MessageId | null },
    kind: 'unsubscribe' | 'form' | 'reply',
    { name, source }: { readonly name: string | null; readonly source: Source | null } = { name: null, source: null },
  ): Promise<void> {
    const written = await this.database.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind,
         at, link_name, source, step_key, variant)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, m.step_key, m.variant
       FROM (SELECT 1) one LEFT JOIN delivery.message_view m ON m.id = $5 ON CONFLICT DO NOTHING RETURNING id`,
      [
        newId<Id<'interaction'>>(),
        subject.partnerId,
        subject.vendorId,
        subject.activationId,
        subject.messageId,
        subject.contactId,
        kind,
        this.clock.now(),
        name,
        source,
      ],
    );
    if (written.length > 0) await this.emitEvent(subject, kind);
  }

  /**
   * Only the partner sees it: a vendor may not learn the partner's contacts and
   * their opt-outs.
   */
  private async emitEvent(
    { partnerId, contactId, activationId, messageId }: Parameters<Engagement['record']>[0],
    kind: 'unsubscribe' | 'form' | 'reply',
  ): Promise<void> {
    const partner = { kind: 'partner', id: partnerId } as const;
    if (kind === 'form') await this.webhooks.emit(partner, 'form.submitted', { contactId, activationId });
    if (kind === 'unsubscribe' && messageId !== null)
      await this.webhooks.emit(partner, 'contact.unsubscribed', { contactId, activationId, messageId });
  }

  /**
   * Records that a contact became a lead or was won, each once until it is
   * reversed. Uses the open transaction of the partner's scope, in which the
   * lead is locked.
   * It is attributed to the last message that the contact followed, if any.
   */
  async recordLead(
    subject: Pick<TokenSubject, 'partnerId' | 'vendorId' | 'activationId' | 'contactId'>,
    kind: 'lead' | 'won',
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, at)
       SELECT $1, $2, $3, $4, (SELECT message_id FROM engagement.interaction_with_verdict WHERE activation_id = $4
         AND contact_id = $5 AND message_id IS NOT NULL
         AND (kind = 'lead' OR (kind = 'click' AND verdict = 'human')) ORDER BY kind = 'lead' DESC, at DESC LIMIT 1), $5, $6, $7
       WHERE $6 <> 'won' OR NOT EXISTS (SELECT FROM engagement.interaction_with_verdict
         WHERE activation_id = $4 AND contact_id = $5 AND kind = 'won' AND verdict IS DISTINCT FROM 'reversed')
       ON CONFLICT DO NOTHING`,
      [
        newId<Id<'interaction'>>(),
        subject.partnerId,
        subject.vendorId,
        subject.activationId,
        subject.contactId,
        kind,
        this.clock.now(),
      ],
    );
  }

  /**
   * Classifies the interaction that created a lead, in an open transaction of a
   * process. A program's interaction no longer counts in any number.
   * Idempotent.
   */
  async classifyLead(
    { activationId, contactId }: Pick<TokenSubject, 'activationId' | 'contactId'>,
    verdict: 'human' | 'machine',
    why: string,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $3, id, partner_id, $4, $5, $6 FROM engagement.interaction_with_verdict
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'lead' AND coalesce(verdict, 'human') <> $4`,
      [activationId, contactId, newId<Id<'interaction-verdict'>>(), verdict, why, this.clock.now()],
    );
  }

  /**
   * A won lead was reopened: it counts in no release any more. Won again, it counts
   * from then on. Joins the open transaction. Idempotent.
   */
  async reverseWon(
    { activationId, contactId }: Pick<TokenSubject, 'activationId' | 'contactId'>,
    why: string,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $3, id, partner_id, 'reversed', $4, $5 FROM engagement.interaction_with_verdict
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'won' AND verdict IS DISTINCT FROM 'reversed'`,
      [activationId, contactId, newId<Id<'interaction-verdict'>>(), why, this.clock.now()],
    );
  }

  /**
   * A contact's human clicks on links of the campaign, as far as known by now.
   * A click to a page of ours counts once the page was opened.
   */
  async confirmedClicks(
    actor: SystemActor,
    activationId: ActivationId,
    contactId: ContactId,
  ): Promise<{ link: string; at: Date }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT link_name AS link, at FROM engagement.certain_click WHERE activation_id = $1 AND contact_id = $2 AND link_name <> ALL ($3) ORDER BY at`,
        [activationId, contactId, [DECOY_LINK, ...RESERVED_LINKS]],
      ),
    );
  }

  /** Human interactions in an activation: confirmed clicks, forms, replies. */
  async humanInteractions(
    actor: SystemActor,
    activationId: ActivationId,
    contactIds: readonly ContactId[],
  ): Promise<{ contactId: ContactId; kind: 'click' | 'form' | 'reply'; link: string | null; at: Date }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT contact_id, kind, link_name AS link, at FROM engagement.interaction
         WHERE contact_id = ANY ($1) AND activation_id = $2 AND kind IN ('form', 'reply')
         UNION ALL
         SELECT contact_id, 'click', link_name, at FROM engagement.certain_click WHERE contact_id = ANY ($1) AND activation_id = $2
         ORDER BY at`,
        [contactIds, activationId],
      ),
    );
  }

  /**
   * The contact whose click opened a page of an activation just now. The address
   * with the click's id may be passed on later: then it names no one.
   * @returns null for another click, a program's, one of longer ago, or one that
   *   led to a website: its owner knows the id, and is not the reader.
   */
  async visitor(actor: SystemActor, activationId: ActivationId, click: Id<'interaction'>): Promise<ContactId | null> {
    const since = new Date(this.clock.now().getTime() - VISIT_MS);
    for (let look = 0; look < LOOKS_FOR_CLICK; look++) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
      const [found] = await this.database.inTransaction(actor, () =>
        this.database.query<{ contactId: ContactId | null; counts: boolean }>(
          `SELECT contact_id, coalesce(activation_id = $2 AND kind = 'click' AND verdict = 'human' AND at > $3, false)
             AND EXISTS (SELECT FROM engagement.link_target l
                         WHERE l.activation_id = i.activation_id AND l.name = i.link_name AND l.is_ours) AS counts
           FROM engagement.interaction_with_verdict i WHERE id = $1`,
          [click, activationId, since],
        ),
      );
      if (found !== undefined) return found.counts ? found.contactId : null;
    }
    return null;
  }

  /**
   * The contact of a partner who followed a personal link just now.
   * @returns null for a program's click, another partner's, one of longer ago, or
   *   one that led to another website or a page of ours.
   */
  async reader(actor: SystemActor, click: string | null): Promise<ContactId | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ contactId: ContactId | null }>(
        `SELECT contact_id FROM engagement.interaction_with_verdict i
         WHERE id = $1 AND partner_id = $2 AND kind = 'click' AND verdict = 'human' AND at > $3
           AND EXISTS (SELECT FROM engagement.link_target l
                       WHERE l.activation_id = i.activation_id AND l.name = i.link_name AND l.names_reader)`,
        [click, actor.partnerId, new Date(this.clock.now().getTime() - VISIT_MS)],
      ),
    );
    return found?.contactId ?? null;
  }

  /** Human clicks of an activation, by link. */
  async humanClicks(
    actor: SystemActor | PartnerActor,
    activationId: ActivationId,
  ): Promise<{ link: string; clicks: number }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<{ link: string; clicks: number }>(
        `SELECT link_name AS link, count(*)::int AS clicks FROM engagement.interaction_with_verdict
           WHERE activation_id = $1 AND kind = 'click' AND verdict = 'human' GROUP BY link_name ORDER BY 2 DESC`,
        [activationId],
      ),
    );
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
