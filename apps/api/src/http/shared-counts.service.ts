import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type ClientRateLimitInfo, MemoryStore, type Options, type Store } from 'express-rate-limit';
import { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import { type Config, CONFIG } from '#config';

/** How long a request waits for a count. */
const PATIENCE_MS = 250;
const RETRY_MS = 1_000;

/** Counts requests for all processes together, in Redis; while that does not answer, each process goes on with what it has counted itself. */
@Injectable()
export class SharedCounts implements OnApplicationShutdown {
  private readonly logger = new Logger(SharedCounts.name);
  private readonly redis: Redis;
  private isAway = false;

  constructor(@Inject(CONFIG) { REDIS_URL }: Pick<Config, 'REDIS_URL'>) {
    this.redis = new Redis(REDIS_URL, {
      commandTimeout: PATIENCE_MS,
      // What cannot be counted now is not counted later: the request is over by then.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: () => RETRY_MS,
    });
    this.redis.on('error', (error: Error) => {
      if (!this.isAway)
        this.logger.warn(`Redis: ${error.message}. Requests are counted by each process until it answers.`);
      this.isAway = true;
    });
    this.redis.on('ready', () => {
      this.isAway = false;
    });
  }

  /** @param limit a name of its own for each limit. */
  store(limit: string): Store {
    const sendCommand = (command: string, ...args: string[]) =>
      this.redis.call(command, ...args) as Promise<number | string>;
    return new SharedStore(new RedisStore({ sendCommand, prefix: `throughline:rates:${limit}:` }));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

/** A store that never fails: it counts in the process as well, and says that where the shared one says nothing. */
class SharedStore implements Store {
  private readonly own = new MemoryStore();
  private options: Options | null = null;
  /** The shared store is made ready at the first count after Redis was away: it does not recover by itself. */
  private ready: Promise<void> | null = null;

  constructor(private readonly shared: RedisStore) {}

  /** Tells one limit's count from another's within a request. */
  get prefix(): string {
    return this.shared.prefix;
  }

  init(options: Options): void {
    this.options = options;
    this.own.init(options);
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const own = await this.own.increment(key);
    return this.orOwn(own, () => this.shared.increment(key));
  }

  async decrement(key: string): Promise<void> {
    await this.own.decrement(key);
    await this.orOwn(undefined, () => this.shared.decrement(key));
  }

  async resetKey(key: string): Promise<void> {
    await this.own.resetKey(key);
    await this.orOwn(undefined, () => this.shared.resetKey(key));
  }

  private async orOwn<T>(own: T, ask: () => Promise<T>): Promise<T> {
    try {
      if (this.options !== null) this.ready ??= this.shared.init(this.options);
      await this.ready;
      return await ask();
    } catch {
      this.ready = null;
      return own;
    }
  }
}
