import { rmSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { isTooMany, limitRates } from '../../apps/api/src/http/rate-limits.js';
import { SharedCounts } from '../../apps/api/src/http/shared-counts.service.js';
import { RedisServer } from '../support/servers.js';
import { until } from '../support/until.js';
import { newDataFolder } from '../support/data-folder.mjs';

const LIMIT = 20;

/** What stands before the controllers of a process, and a form behind it. */
class Door {
  private readonly app: Express = express();

  constructor(private readonly counts: SharedCounts | null) {
    this.app.set('trust proxy', 1);
    const countIn = counts === null ? undefined : (limit: string) => counts.store(limit);
    limitRates(this.app as unknown as NestExpressApplication, 1, countIn);
    this.app.use((_, response) => void response.sendStatus(isTooMany(response) ? 429 : 200));
  }

  static onRedis({ url }: { readonly url: string }): Door {
    return new Door(new SharedCounts({ REDIS_URL: url }));
  }

  async send(from: string, path = '/p/some-page/form'): Promise<number> {
    return (await supertest(this.app).post(path).set('X-Forwarded-For', from)).status;
  }

  close(): void {
    this.counts?.onApplicationShutdown();
  }
}

describe('forms from one address', () => {
  let folder: string;
  let redis: RedisServer;
  let doors: Door[];
  let addresses = 0;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = newDataFolder('limits');
    redis = await RedisServer.start(folder);
  });
  beforeEach(() => {
    doors = [];
  });
  afterEach(() => {
    for (const door of doors) door.close();
  });
  afterAll(async () => {
    await redis.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const anAddress = (): string => `192.0.2.${++addresses}`;
  const open = (door: Door): Door => {
    doors.push(door);
    return door;
  };
  const sent = async (by: readonly Door[], count: number, from: string): Promise<number[]> => {
    const answers: number[] = [];
    for (let at = 0; at < count; at++) answers.push(await by[at % by.length]!.send(from));
    return answers;
  };
  const taken = (answers: readonly number[]): number => answers.filter((status) => status === 200).length;
  /** Until a count of this process is seen by the other. */
  const together = async (one: Door, other: Door): Promise<void> =>
    until(async () => {
      const from = anAddress();
      await sent([one], LIMIT, from);
      return (await other.send(from)) === 429;
    }, 'both to count together');

  it('are counted by all processes together', async () => {
    const [one, other] = [open(Door.onRedis(redis)), open(Door.onRedis(redis))];
    await together(one, other);
    const from = anAddress();
    expect(taken(await sent([one, other], 3 * LIMIT, from))).toBe(LIMIT);
    expect(taken(await sent([one, other], LIMIT, anAddress()))).toBe(LIMIT);
  });

  it('are counted by the process alone where there is one', async () => {
    const [one, other] = [open(new Door(null)), open(new Door(null))];
    expect(taken(await sent([one, other], 4 * LIMIT, anAddress()))).toBe(2 * LIMIT);
  });

  it('are taken and counted by each process while Redis is gone or silent, and together again after', async () => {
    const [one, other] = [open(Door.onRedis(redis)), open(Door.onRedis(redis))];
    await together(one, other);
    const before = anAddress();
    await sent([one], LIMIT, before);
    await redis.stop('SIGKILL');
    const gone = await sent([one, other], 4 * LIMIT, anAddress());
    expect(new Set(gone)).toEqual(new Set([200, 429]));
    expect(taken(gone)).toBe(2 * LIMIT);
    // What a process has counted before, it still knows.
    expect(await one.send(before)).toBe(429);
    await redis.crash();
    await together(one, other);

    process.kill(redis.pid, 'SIGSTOP');
    try {
      const from = anAddress();
      expect(taken(await sent([one], LIMIT + 2, from))).toBe(LIMIT);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await together(one, other);
  });

  it('are taken by a process that finds no Redis when it starts, and counted together once there is one', async () => {
    await redis.stop('SIGKILL');
    const [one, other] = [open(Door.onRedis(redis)), open(Door.onRedis(redis))];
    const from = anAddress();
    expect(await sent([one], LIMIT + 1, from)).toEqual([...Array<number>(LIMIT).fill(200), 429]);
    await redis.crash();
    await together(one, other);
  });

  it('count apart from guesses at a door, which all processes count together, too', async () => {
    const [one, other] = [open(Door.onRedis(redis)), open(Door.onRedis(redis))];
    await together(one, other);
    const from = anAddress();
    await sent([one], LIMIT, from);
    const guesses = await Promise.all(
      Array.from({ length: LIMIT + 5 }, (_, at) => [one, other][at % 2]!.send(from, '/api/v1/password-resets')),
    );
    expect(taken(guesses)).toBe(LIMIT);
    expect(await other.send(from)).toBe(429);
  });
});
