import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '#config';
import type { SignedReceipt } from '#contracts';
import { RelayRoutes } from '#delivery';
import { LinkTargets, MessageLinks, ReturnAddresses } from '#engagement';
import { type ActivationId, Clock, type SystemActor } from '#kernel';
import { DkimSigner } from '#mailer';
import { buildMime, encodeText, formatAddress } from '#rendering';
import type { Draft } from './draft.js';
import { MailBufferPool } from './mail-buffer-pool.js';
import { ledgerVariant } from './preflight-decisions.js';
import { MessageSeals } from './message-seals.service.js';
import type { ReasonCode } from '../enrolment/reason.js';
import { recipientOf } from './recipient-values.js';

/** A message ready for submission. */
export interface Built {
  readonly draft: Draft;
  /** The signed message in pieces, signature first. */
  readonly raw: readonly Buffer[];
  /**
   * The message without signature, in memory that is valid until
   * `releaseBuffer`.
   */
  readonly mail: Buffer;
  /**
   * Proof that the bytes match the seal. A message without it is not submitted.
   */
  readonly receipt: SignedReceipt;
}

/**
 * Maximum number of activations whose link names are cached. Link names are
 * written at a launch; an update adds names behind them.
 */
const MAX_CACHED = 500;

interface LinkSource {
  readonly actor: SystemActor;
  readonly activationId: ActivationId;
}

/** From a draft to signed bytes: `prepare → personalise → seal → sign`. */
@Injectable()
export class MessageBuilder {
  private readonly linkNames = new LRUCache<string, string[], LinkSource>({
    max: MAX_CACHED,
    // Callers get an entry that was evicted while it was loaded.
    ignoreFetchAbort: true,
    fetchMethod: (_key, _, { context: { actor, activationId } }) => this.linkTargets.names(actor, activationId),
  });
  private readonly buffers = new MailBufferPool();
  private readonly publicOrigin: string;

  constructor(
    private readonly clock: Clock,
    private readonly seals: MessageSeals,
    private readonly linkTargets: LinkTargets,
    private readonly messageLinks: MessageLinks,
    private readonly addresses: ReturnAddresses,
    private readonly signer: DkimSigner,
    private readonly routes: RelayRoutes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN' | 'MESSAGE_HEADER' | 'PUBLIC_URL'>,
  ) {
    this.publicOrigin = new URL(config.PUBLIC_URL).origin;
  }

  /** @returns the message, or the reason why it cannot be built. */
  async build(actor: SystemActor, draft: Draft): Promise<Built | ReasonCode> {
    const { message, contact, locale, running } = draft;
    const { activationId } = message;
    const email = await this.seals.email(actor, running.activation, message.emailKey, locale);
    if (email === null) return 'seal-broken';
    const cached = `${activationId} ${running.activation.editions}`;
    const names = await this.linkNames.forceFetch(cached, { context: { actor, activationId } });
    const marks = await this.routes.lookUpHeaders(message.vendorId, message.id);
    const links = this.messageLinks.linksOf(message.id, names);
    let headers: (readonly [string, string])[];
    try {
      headers = this.headers(draft, links.unsubscribe, marks);
    } catch (error) {
      // A character that headers must not contain: only an address that was
      // never validated has one.
      if (error instanceof RangeError) return 'address-unusable';
      throw error;
    }
    const policy = { publicOrigin: this.publicOrigin, partnerHosts: [] };
    const recipient = recipientOf(contact, links, locale);
    const mime = { messageId: this.messageIdOf(draft), headers };
    const built = buildMime(email.prepared, recipient, policy, encodeText, mime);
    if (!built.ok) return 'field-missing';
    // Both variants come from one function. A difference would mean that
    // statistics count a variant that was not rendered.
    const variant = ledgerVariant(built.variant, draft);
    if (variant !== draft.variant) throw new Error(`Rendered “${variant}”, but the ledger says “${draft.variant}”.`);
    const mail = this.buffers.concat(built.pieces);
    const receipt = await this.seals.seal(message, email, { raw: mail, pieces: built.pieces }, recipient);
    if (receipt === null) return 'seal-broken';
    const raw = await this.signer.signed(mail, this.clock.now(), draft.identity.signingKeys);
    return { draft, receipt, raw, mail };
  }

  /**
   * Makes the message's memory available for the next one. Call it when all
   * bytes have left this process and are not read any more.
   */
  releaseBuffer({ mail }: Built): void {
    this.buffers.release(mail);
  }

  /**
   * The Message-ID is the same in every attempt (RFC 5322, 3.6.4): recipients
   * can recognise a duplicate, and logs can be searched for it.
   */
  private messageIdOf({ message }: Draft): string {
    return `${message.id}@${this.config.MAIL_DOMAIN}`;
  }

  /** @param marks by which relay providers identify the message. */
  private headers(
    draft: Draft,
    unsubscribe: string,
    marks: readonly (readonly [string, string])[],
  ): (readonly [string, string])[] {
    const { message, contact, identity, running } = draft;
    const { MAIL_DOMAIN, MESSAGE_HEADER } = this.config;
    const from = { name: identity.fromName, address: identity.fromAddress };
    const replyTo = identity.repliesComeHere ? this.addresses.replyAddress(message.id) : identity.replyTo;
    const name = [contact.firstName, contact.lastName].filter((part) => part !== null).join(' ');
    const { id } = running.activation;
    return [
      ['From', formatAddress(from)],
      ...(replyTo === null ? [] : [['Reply-To', formatAddress({ name: from.name, address: replyTo })] as const]),
      ['To', formatAddress({ name, address: contact.email })],
      ['Date', this.clock.now().toUTCString().replace('GMT', '+0000')],
      ['Message-ID', `<${this.messageIdOf(draft)}>`],
      ['List-Unsubscribe', `<${unsubscribe}>, <mailto:${this.addresses.leaveAddress(message.id)}>`],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
      ['List-Id', `<${id}.${MAIL_DOMAIN}>`],
      ['Feedback-ID', `${id}:${message.partnerId}:throughline`],
      ...marks,
      ...(MESSAGE_HEADER === '' || marks.some(([name]) => name.toLowerCase() === MESSAGE_HEADER.toLowerCase())
        ? []
        : [[MESSAGE_HEADER, message.id] as const]),
    ];
  }
}
