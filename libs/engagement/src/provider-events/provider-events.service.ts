import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { z } from 'zod';
import { Database } from '#database';
import { MessageEvents, type MessageSubject } from '#delivery';
import { DomainError, isId, type MessageId, systemActor } from '#kernel';
import { ReturnEffects } from '../return-effects.service.js';
import { ReturnAddresses } from '../return-addresses.service.js';
import { MailgunProof, MailgunRequest, mailgunEvents } from './mailgun-events.js';
import { PostmarkEvent, postmarkEvents } from './postmark-events.js';
import { type Provider, PROVIDERS, type ProviderBatch, type ProviderEvent } from './provider.js';
import { isFromMailgun, isFromPostmark, isFromSendgrid, type RequestHeaders } from './provider-proof.js';
import { type OpenSource, ProviderSources, type ProviderSourceId, type Refusal } from './provider-sources.service.js';
import { SendgridEvents, sendgridEvents } from './sendgrid-events.js';
import { sesEvents } from './ses-events.js';
import { SnsClient } from './sns-client.service.js';
import { SnsEnvelope } from './sns-envelope.js';

/** What a provider posted, byte for byte as it came. */
export interface ProviderRequest {
  readonly headers: RequestHeaders;
  readonly raw: Buffer;
}

const PROVIDER_EVENTS = systemActor('provider-events');
/** Twice as long as a token may be old. */
const TOKENS_KEPT_MS = 86_400_000;
const NOTHING: ProviderBatch = { events: [], ignored: 0 };
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'provider-event.refused': 'proof',
  'provider-event.unreadable': 'unreadable',
  'provider-event.paused': 'paused',
};

const received = new Counter({
  name: 'throughline_provider_events_total',
  help: 'What mail providers told by webhook, by what it is and whether it names a message of ours; ignored ones are opens, clicks and notices.',
  labelNames: ['provider', 'kind', 'message'],
});

/**
 * Webhook events of mail providers: `verify → read → find message → record once
 * → apply`. Returned mail has the same steps.
 */
@Injectable()
export class ProviderEvents {
  constructor(
    private readonly database: Database,
    private readonly sources: ProviderSources,
    private readonly events: MessageEvents,
    private readonly addresses: ReturnAddresses,
    private readonly consequences: ReturnEffects,
    private readonly sns: SnsClient,
  ) {}

  /**
   * Receives one request. Repeats and order do not change the result.
   * @throws DomainError `provider-event.refused` for an unknown source, a
   *   revoked one and a wrong signature alike; `provider-event.unreadable`;
   *   `provider-event.paused`, `message.in-hand` and others of kind
   *   `unavailable`, after which the provider retries.
   */
  async receive(provider: string, sourceId: string, request: ProviderRequest): Promise<void> {
    const known = PROVIDERS.find((name) => name === provider);
    const source = known !== undefined && isId(sourceId) ? await this.open(known, sourceId) : null;
    if (source === null) throw refused();
    await this.recordAll(source, await this.readOpen(source, request));
  }

  /**
   * The owner of the account sees why an event was refused.
   * An unverified caller learns nothing, not even of a pause.
   */
  private async readOpen(source: OpenSource, request: ProviderRequest): Promise<ProviderBatch> {
    try {
      const telling = await this.read(source, request);
      if (source.isPaused) throw paused();
      return telling;
    } catch (error) {
      const why = error instanceof DomainError ? REFUSALS[error.code] : undefined;
      if (why !== undefined) await this.sources.recordRefusal(source.id, why);
      throw error;
    }
  }

  private async open(provider: Provider, id: string): Promise<OpenSource | null> {
    return this.sources.open(provider, id as ProviderSourceId);
  }

  /** Proves before it reads, as far as the provider's way of signing allows. */
  private async read(source: OpenSource, { headers, raw }: ProviderRequest): Promise<ProviderBatch> {
    const isProved = (proof: (secret: string) => boolean): void => {
      if (!source.secrets.some(proof)) throw refused();
    };
    switch (source.provider) {
      case 'sendgrid':
        isProved((secret) => isFromSendgrid(secret, headers, raw));
        return sendgridEvents(parse(SendgridEvents, raw));
      case 'postmark':
        isProved((secret) => isFromPostmark(secret, headers));
        return postmarkEvents(parse(PostmarkEvent, raw));
      case 'mailgun':
        return this.readMailgun(source, raw, isProved);
      case 'ses':
        return this.readSns(source, raw);
    }
  }

  private async readMailgun(
    { id }: OpenSource,
    raw: Buffer,
    isProved: (proof: (secret: string) => boolean) => void,
  ): Promise<ProviderBatch> {
    const proof = MailgunProof.safeParse(jsonOf(raw));
    const now = new Date();
    isProved((secret) => proof.success && isFromMailgun(secret, proof.data.signature, now));
    const request = parse(MailgunRequest, raw);
    const body = hash(JSON.stringify(request['event-data']));
    const oldest = new Date(now.getTime() - TOKENS_KEPT_MS);
    if (!(await this.sources.acceptToken(id, hash(request.signature.token), body, oldest))) throw refused();
    return mailgunEvents(request);
  }

  private async readSns({ secrets }: OpenSource, raw: Buffer): Promise<ProviderBatch> {
    const read = SnsEnvelope.safeParse(jsonOf(raw));
    if (!read.success) throw refused();
    const envelope = read.data;
    // Any Amazon account can have SNS sign a message: only our topic is
    // believed.
    if (!secrets.includes(envelope.TopicArn) || !(await this.sns.hasSigned(envelope))) throw refused();
    if (envelope.Type === 'Notification') return sesEvents(envelope.Message, envelope.MessageId);
    if (envelope.Type === 'SubscriptionConfirmation') await this.sns.confirm(envelope);
    return { ...NOTHING, ignored: 1 };
  }

  /**
   * Events are independent: one that fails now blocks no other, and the
   * provider retries all.
   */
  private async recordAll(source: OpenSource, { events, ignored }: ProviderBatch): Promise<void> {
    let [newEvents, unmatched] = [0, 0];
    let inHand: unknown = null;
    for (const event of events) {
      try {
        const subject = await this.subjectOf(source, event);
        if (!(await this.record(source, subject, event))) continue;
        newEvents += 1;
        if (subject === null) unmatched += 1;
        const message = subject === null ? 'none' : 'ours';
        received.inc({ provider: source.provider, kind: event.kind, message });
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
        inHand = error;
      }
    }
    if (ignored > 0) received.inc({ provider: source.provider, kind: 'ignored', message: 'none' }, ignored);
    await this.sources.count(source.id, { events: newEvents, unmatched, ignored });
    if (inHand !== null) throw inHand as DomainError;
  }

  /** @returns whether it was new. */
  private async record(source: OpenSource, subject: MessageSubject | null, event: ProviderEvent): Promise<boolean> {
    const { sourceId, kind, why, status, excerpt, outcome, recipient, isProven } = event;
    const actor =
      subject === null ? PROVIDER_EVENTS : systemActor(PROVIDER_EVENTS.name, { partnerId: subject.partnerId });
    const row = {
      source: `${source.provider}:${source.id}`,
      sourceId,
      kind,
      why,
      status,
      reporter: source.provider,
      excerpt,
    };
    return this.database.inTransaction(actor, async () => {
      const isNew = await this.events.record(subject, row, outcome);
      if (isNew && subject !== null) {
        const reach = source.vendorId === null ? 'installation' : 'vendor';
        await this.consequences.apply(
          actor,
          subject,
          kind,
          { recipient, status, isProven, outcome: outcome?.state ?? null },
          reach,
        );
      }
      return isNew;
    });
  }

  /**
   * Finds the message by return path, Message-ID or metadata, as the provider
   * sends them. A vendor's account can only report messages that the vendor's
   * own relays took: of others it knows no more than an id, which anyone can
   * read in a mail.
   */
  private async subjectOf({ vendorId }: OpenSource, { names }: ProviderEvent): Promise<MessageSubject | null> {
    const id = names.map((name) => this.messageIn(name)).find((found) => found !== null);
    const subject = id === undefined ? null : await this.events.subject(PROVIDER_EVENTS, id);
    const isOwn = subject?.vendorId === vendorId && subject.byVendorsRelay;
    return vendorId === null || isOwn ? subject : null;
  }

  private messageIn(name: string): MessageId | null {
    const bare = name.trim().replace(/^<|>$/g, '');
    const address = this.addresses.openReturnAddress(bare);
    if (address?.kind === 'bounce') return address.messageId;
    const [id = '', domain] = bare.split('@');
    if (!isId(id)) return null;
    return domain === undefined || domain.toLowerCase() === this.addresses.mailDomain
      ? (id as string as MessageId)
      : null;
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, raw: Buffer): z.output<Schema> {
  const read = schema.safeParse(jsonOf(raw));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new DomainError(
    'provider-event.unreadable',
    `This is no event of this provider${field === '' ? '' : `: look at "${field}"`}. Nothing was kept.`,
    field === '' ? {} : { field },
  );
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

const refused = (): DomainError =>
  new DomainError(
    'provider-event.refused',
    'The source is unknown or revoked, or the signature is wrong. Check the URL and the secret at the provider.',
    {},
    { kind: 'unauthenticated' },
  );

const paused = (): DomainError =>
  new DomainError(
    'provider-event.paused',
    'This account is paused, and no event was stored. Send the events again later.',
    {},
    { kind: 'unavailable' },
  );
