import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Database, DatabaseModule } from '#database';
import { DeadLetters, Jobs, JobsModule } from '#jobs';
import { packageRoot, systemActor } from '#kernel';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { newDataFolder } from '../support/data-folder.mjs';
import { RedisServer } from '../support/servers.js';
import { until } from '../support/until.js';
import { KILL_WORKER } from './killing-job.js';

const OPERATOR = systemActor('operator');

/** A worker process on Redis, whose job kills it with SIGKILL. */
class Worker {
  readonly starts: string[] = [];
  hasEnded = false;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (message: unknown) => {
      if (typeof message === 'string') this.starts.push(message);
    });
    child.on('exit', () => (this.hasEnded = true));
  }

  static async start(databaseUrl: string, redisUrl: string): Promise<Worker> {
    const file = join(packageRoot(), 'test/journeys/killing-worker.mjs');
    const worker = new Worker(
      spawn(process.execPath, [file, databaseUrl, redisUrl], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
    await until(() => worker.starts.includes('ready'), 'the worker');
    return worker;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

describe('a job that kills its worker', () => {
  const folder = newDataFolder('dead-workers');
  let testDatabase: TestDatabase;
  let redis: RedisServer;
  let [jobs, database, dead]: [Jobs, Database, DeadLetters] = [null!, null!, null!];
  let close: () => Promise<void>;
  const workers: Worker[] = [];
  const startWorker = async (): Promise<Worker> => {
    const worker = await Worker.start(testDatabase.url, redis.url);
    workers.push(worker);
    return worker;
  };
  const runs = (): number => workers.flatMap(({ starts }) => starts).filter((start) => start === 'started').length;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    testDatabase = await createTestDatabase();
    redis = await RedisServer.start(folder);
    const module = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 4, processName: 'test' }),
        JobsModule.forRoot({ driver: { kind: 'bull', redisUrl: redis.url }, consume: {} }),
      ],
    }).compile();
    await module.init();
    [jobs, database, dead] = [module.get(Jobs), module.get(Database), module.get(DeadLetters)];
    close = () => module.close();
  });
  beforeEach(() => workers.splice(0).forEach((worker) => worker.end()));
  afterAll(async () => {
    for (const worker of workers) worker.end();
    await close();
    await redis.stop('SIGKILL');
    await testDatabase.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is not run again where a caller waits for it', async () => {
    const first = await startWorker();
    const answer = jobs.request(KILL_WORKER, { how: 'request' }, 90_000).catch((error: unknown) => error);
    await until(() => first.hasEnded, 'the death of the first worker');
    const second = await startWorker();
    expect(await answer).toMatchObject({ code: 'job.unavailable' });
    expect(runs()).toBe(1);
    expect(second.hasEnded).toBe(false);
  });

  it('is not started where the caller no longer waits', async () => {
    await expect(jobs.request(KILL_WORKER, { how: 'late' }, 500)).rejects.toMatchObject({ code: 'job.unavailable' });
    const worker = await startWorker();
    await jobs.request(KILL_WORKER, { how: 'survive' }, 30_000);
    expect(runs()).toBe(1);
    expect(worker.hasEnded).toBe(false);
  });

  it('is dead-lettered after two workers, where it is durable', async () => {
    await database.inTransaction(OPERATOR, () => jobs.enqueue(KILL_WORKER, { how: 'durable' }));
    for (const death of [1, 2]) {
      const worker = await startWorker();
      await database.inTransaction(OPERATOR, () => database.query('UPDATE jobs.outbox SET leased_until = NULL'));
      await jobs.relay();
      await until(() => worker.hasEnded, `death ${death}`);
    }
    const third = await startWorker();
    await database.inTransaction(OPERATOR, () => database.query('UPDATE jobs.outbox SET leased_until = NULL'));
    await jobs.relay();
    await until(async () => (await dead.count()) === 1, 'the dead letter');
    expect((await dead.list(OPERATOR, 10))[0]?.error).toContain('2 workers died');
    expect(third.hasEnded).toBe(false);
  });
});
