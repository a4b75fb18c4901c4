import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { type Config, CONFIG } from '#config';

/** How long a request waits for Redis. */
const COMMAND_TIMEOUT_MS = 250;
const RECONNECT_MS = 1_000;

/**
 * Counts requests of all processes together, in Redis.
 * While Redis does not answer, each process counts alone.
 */
@Injectable()
export class RedisRateLimiters implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisRateLimiters.name);
  private readonly redis: Redis;
  private isAway = false;

  constructor(@Inject(CONFIG) { REDIS_URL }: Pick<Config, 'REDIS_URL'>) {
    this.redis = new Redis(REDIS_URL, {
      commandTimeout: COMMAND_TIMEOUT_MS,
      // A late count is useless, because the request has ended by then.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: () => RECONNECT_MS,
    });
    this.redis.on('error', (error: Error) => {
      if (!this.isAway)
        this.logger.warn(`Redis: ${error.message}. Each process counts requests alone until it answers.`);
      this.isAway = true;
    });
    this.redis.on('ready', () => {
      this.isAway = false;
    });
  }

  /**
   * Creates the counter of one limit. It never fails.
   * @param name unique among the limits: it is part of the Redis key.
   * @param perMinute requests per address in a fixed window of one minute.
   */
  create(name: string, perMinute: number): RateLimiterAbstract {
    const window = { points: perMinute, duration: 60 };
    return new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `throughline:rates:${name}`,
      points: window.points,
      duration: window.duration,
      rejectIfRedisNotReady: true,
      // An address over the limit stays blocked in this process, also when
      // Redis fails.
      inMemoryBlockOnConsumed: perMinute,
      insuranceLimiter: new RateLimiterMemory(window),
    });
  }

  /** Closes the connection to Redis. */
  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
