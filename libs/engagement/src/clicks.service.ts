import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type ActivationId, Clock, type MessageId, newId, notFound, systemActor, messageOf } from '#kernel';
import { ClickJournal, type RawClick, type InteractionId } from './click-journal.js';
import { isPrefetch, hasBrowserHeaders } from './click-request.js';
import { ClickVerdicts } from './click-verdicts.service.js';
import { MessageLinks } from './message-links.service.js';
import { GatewayNetworks } from './scanner-ranges.js';

const ENGAGEMENT = systemActor('engagement');
const BATCH = 200;
/** Time between attempts while PostgreSQL is unavailable. */
const RETRY_MS = 1_000;
/**
 * Messages and activations whose links a process caches.
 * It redirects them even while PostgreSQL is down.
 */
const CACHED = 50_000;
const AGENT_CHARS = 300;

/**
 * Properties of the request that help to classify it.
 * Only the verdict is stored.
 */
export interface ClickRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
}

interface Target {
  readonly url: string;
  readonly namesReader: boolean;
}

/** Where a click leads, and the click's own id. */
export interface FollowedLink {
  /** Null when the target is unknown for now. */
  readonly target: string | null;
  readonly clickId: InteractionId;
}

/**
 * Redirects first and stores later: `token → target → local journal → redirect
 * → PostgreSQL`.
 */
@Injectable()
export class Clicks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Clicks.name);
  private readonly messages = new LRUCache<MessageId, ActivationId>({ max: CACHED });
  private readonly targets = new LRUCache<ActivationId, ReadonlyMap<number, Target>>({ max: CACHED });
  private readonly wanted = new Set<MessageId>();
  private nextLookUp: Promise<ReadonlyMap<MessageId, ActivationId>> | null = null;
  private lastLookUp: Promise<unknown> = Promise.resolve();
  private readonly gateways: GatewayNetworks;
  private readonly waiting: RawClick[] = [];
  private journalOfProcess: ClickJournal | null = null;
  private draining: Promise<void> | null = null;
  private stopped = false;

  // More parameters than elsewhere: a click touches a disk, a clock and a
  // database.
  constructor(
    private readonly messageLinks: MessageLinks,
    private readonly verdicts: ClickVerdicts,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'JOURNAL_FOLDER' | 'PUBLIC_URL' | 'SCANNER_NETWORKS'>,
  ) {
    this.gateways = new GatewayNetworks(config.SCANNER_NETWORKS);
  }

  /** Writes down what a process before this one could not. */
  onApplicationBootstrap(): void {
    const { clicks, forget } = this.journal.recover(isAlive);
    for (const click of clicks) this.record(click);
    forget();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.draining;
    this.journalOfProcess?.close();
    this.journalOfProcess = null;
  }

  /**
   * Records a click.
   * @param again the click that a waiting page retries; it is not counted
   *   again.
   * @returns its target. Null while PostgreSQL is down and this process has not
   *   cached the message. The click is stored; a retry after a few seconds
   *   gives the target.
   * @throws DomainError `link.not-found`.
   */
  async follow(
    token: string,
    { method, headers, address }: ClickRequest,
    again: InteractionId | null = null,
  ): Promise<FollowedLink> {
    const link = this.messageLinks.openLink(token);
    const clickId = again ?? newId<InteractionId>();
    const target = await this.targetOf(link.messageId, link.purpose);
    if (target === undefined) throw notFound('link', 'token');
    if (again === null)
      this.record({
        id: clickId,
        messageId: link.messageId,
        number: link.purpose,
        at: this.clock.now(),
        method,
        userAgent: (headers['user-agent'] ?? '').slice(0, AGENT_CHARS),
        scanner: this.gateways.ownerOf(address),
        isPrefetch: isPrefetch(headers),
        hasBrowserHeaders: hasBrowserHeaders(headers),
      });
    return { target: target === null ? null : this.addressOf(target, clickId), clickId };
  }

  /**
   * Resolves when every click so far is in PostgreSQL, or cannot be stored now.
   */
  async flushed(): Promise<void> {
    await this.draining;
  }

  private record(click: RawClick): void {
    this.journal.add(click);
    this.waiting.push(click);
    this.draining ??= this.flush().finally(() => (this.draining = null));
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        await this.verdicts.recordClicks(batch);
        this.waiting.splice(0, batch.length);
      } catch (error) {
        if (this.stopped) return;
        this.logger.warn(`${this.waiting.length} clicks wait for PostgreSQL: ${messageOf(error)}`);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.journal.clear();
  }

  /**
   * @returns undefined for an unknown link, null if it cannot be looked up now.
   */
  private async targetOf(messageId: MessageId, number: number): Promise<Target | null | undefined> {
    const known = this.targets.get(this.messages.get(messageId) ?? ('' as ActivationId));
    if (known !== undefined) return known.get(number);
    try {
      return (await this.lookUp(messageId))?.get(number);
    } catch (error) {
      this.logger.warn(`A link cannot be looked up now: ${messageOf(error)}`);
      return null;
    }
  }

  /**
   * Requests that arrive during a look-up share the next one.
   * Under load one statement answers many.
   */
  private async lookUp(messageId: MessageId): Promise<ReadonlyMap<number, Target> | undefined> {
    this.wanted.add(messageId);
    this.nextLookUp ??= this.lastLookUp.then(() => {
      const ids = [...this.wanted];
      this.wanted.clear();
      this.nextLookUp = null;
      const running = this.lookUpAll(ids);
      this.lastLookUp = running.catch(() => undefined);
      return running;
    });
    const activationId = (await this.nextLookUp).get(messageId);
    return activationId === undefined ? undefined : this.targets.get(activationId);
  }

  /**
   * Caches the targets.
   * @returns the activation of each existing message.
   */
  private async lookUpAll(ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, ActivationId>> {
    return this.database.inTransaction(ENGAGEMENT, async () => {
      const messages = await this.database.query<{ id: MessageId; activationId: ActivationId }>(
        'SELECT id, activation_id FROM delivery.message_view WHERE id = ANY ($1::uuid[])',
        [ids],
      );
      const unknown = new Set(messages.map(({ activationId }) => activationId).filter((id) => !this.targets.has(id)));
      for (const id of unknown) this.targets.set(id, await this.targetsOf(id));
      for (const { id, activationId } of messages) this.messages.set(id, activationId);
      return new Map(messages.map(({ id, activationId }) => [id, activationId]));
    });
  }

  private async targetsOf(activationId: ActivationId): Promise<ReadonlyMap<number, Target>> {
    const rows = await this.database.query<Target & { number: number }>(
      'SELECT number, url, names_reader FROM engagement.link_target WHERE activation_id = $1',
      [activationId],
    );
    return new Map(rows.map(({ number, ...target }) => [number, target]));
  }

  /**
   * A page of ours sends the click's id back to report that it was opened. The
   * script of a partner's website reports whose visit it is, if the person agrees.
   */
  private addressOf({ url, namesReader }: Target, clickId: InteractionId): string {
    if (url.startsWith(`${this.config.PUBLIC_URL}/p/`)) return withClick(url, 't', clickId);
    return namesReader ? withClick(url, 'tl', clickId) : url;
  }

  private get journal(): ClickJournal {
    return (this.journalOfProcess ??= new ClickJournal(join(this.config.JOURNAL_FOLDER, 'clicks')));
  }
}

function withClick(target: string, name: 't' | 'tl', id: InteractionId): string {
  const url = new URL(target);
  url.searchParams.set(name, id);
  return url.href;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
