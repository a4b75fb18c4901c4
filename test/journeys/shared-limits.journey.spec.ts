import { rmSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { type CreateLimiter, isTooMany, limitRates } from '../../apps/api/src/http/rate-limits.js';
import { RedisRateLimiters } from '../../apps/api/src/http/redis-rate-limiters.service.js';
import { RedisServer } from '../support/servers.js';
import { until } from '../support/until.js';
import { newDataFolder } from '../support/data-folder.mjs';

const LIMIT = 20;

/** The limits of one process, with a form behind them. */
class ApiProcess {
  private readonly app: Express = express();

  constructor(private readonly limiters: RedisRateLimiters | null) {
    this.app.set('trust proxy', 1);
    const create: CreateLimiter | undefined =
      limiters === null ? undefined : (name, perMinute) => limiters.create(name, perMinute);
    limitRates(this.app as unknown as NestExpressApplication, 1, create);
    this.app.use((_, response) => void response.sendStatus(isTooMany(response) ? 429 : 200));
  }

  static onRedis({ url }: { readonly url: string }): ApiProcess {
    return new ApiProcess(new RedisRateLimiters({ REDIS_URL: url }));
  }

  async send(from: string, path = '/p/some-page/form'): Promise<number> {
    return (await supertest(this.app).post(path).set('X-Forwarded-For', from)).status;
  }

  close(): void {
    this.limiters?.onApplicationShutdown();
  }
}

describe('forms from one address', () => {
  let folder: string;
  let redis: RedisServer;
  let processes: ApiProcess[];
  let addresses = 0;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = newDataFolder('limits');
    redis = await RedisServer.start(folder);
  });
  beforeEach(() => {
    processes = [];
  });
  afterEach(() => {
    for (const api of processes) api.close();
  });
  afterAll(async () => {
    await redis.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const anAddress = (): string => `192.0.2.${++addresses}`;
  const open = (api: ApiProcess): ApiProcess => {
    processes.push(api);
    return api;
  };
  const sent = async (by: readonly ApiProcess[], count: number, from: string): Promise<number[]> => {
    const statuses: number[] = [];
    for (let at = 0; at < count; at++) statuses.push(await by[at % by.length]!.send(from));
    return statuses;
  };
  const accepted = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length;
  /** Until a count of this process is seen by the other. */
  const together = async (one: ApiProcess, other: ApiProcess): Promise<void> =>
    until(async () => {
      const from = anAddress();
      await sent([one], LIMIT, from);
      return (await other.send(from)) === 429;
    }, 'both to count together');

  it('are counted by all processes together', async () => {
    const [one, other] = [open(ApiProcess.onRedis(redis)), open(ApiProcess.onRedis(redis))];
    await together(one, other);
    const from = anAddress();
    expect(accepted(await sent([one, other], 3 * LIMIT, from))).toBe(LIMIT);
    expect(accepted(await sent([one, other], LIMIT, anAddress()))).toBe(LIMIT);
  });

  it('are counted by the process alone where there is one', async () => {
    const [one, other] = [open(new ApiProcess(null)), open(new ApiProcess(null))];
    expect(accepted(await sent([one, other], 4 * LIMIT, anAddress()))).toBe(2 * LIMIT);
  });

  it('are accepted and counted by each process while Redis is down or silent, and together again afterwards', async () => {
    const [one, other] = [open(ApiProcess.onRedis(redis)), open(ApiProcess.onRedis(redis))];
    await together(one, other);
    const before = anAddress();
    await sent([one], LIMIT, before);
    await redis.stop('SIGKILL');
    const gone = await sent([one, other], 4 * LIMIT, anAddress());
    expect(new Set(gone)).toEqual(new Set([200, 429]));
    expect(accepted(gone)).toBe(2 * LIMIT);
    // An address that was over the limit stays blocked.
    expect(await one.send(before)).toBe(429);
    await redis.crash();
    await together(one, other);

    process.kill(redis.pid, 'SIGSTOP');
    try {
      const from = anAddress();
      expect(accepted(await sent([one], LIMIT + 2, from))).toBe(LIMIT);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await together(one, other);
  });

  it('are accepted by a process that starts without Redis, and counted together once there is one', async () => {
    await redis.stop('SIGKILL');
    const [one, other] = [open(ApiProcess.onRedis(redis)), open(ApiProcess.onRedis(redis))];
    const from = anAddress();
    expect(await sent([one], LIMIT + 1, from)).toEqual([...Array<number>(LIMIT).fill(200), 429]);
    await redis.crash();
    await together(one, other);
  });

  it('count apart from sign-in attempts, which all processes count together, too', async () => {
    const [one, other] = [open(ApiProcess.onRedis(redis)), open(ApiProcess.onRedis(redis))];
    await together(one, other);
    const from = anAddress();
    await sent([one], LIMIT, from);
    const attempts = await Promise.all(
      Array.from({ length: LIMIT + 5 }, (_, at) => [one, other][at % 2]!.send(from, '/api/v1/password-resets')),
    );
    expect(accepted(attempts)).toBe(LIMIT);
    expect(await other.send(from)).toBe(429);
  });
});
