import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { Database, DatabaseModule } from '#database';
import { DeadLetters, defineJob, Handles, Jobs, JobsModule } from '#jobs';
import { systemActor } from '#kernel';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';
import { OneAtATime } from './one-at-a-time.js';

const OPERATOR = systemActor('operator');
const OPEN_FILE = defineJob({
  name: 'spec.open-file',
  queue: 'rendering',
  data: z.object({ name: z.string() }),
  result: z.void(),
});

@Injectable()
class Handlers {
  readonly opened: string[] = [];

  @Handles(OPEN_FILE)
  async open({ name }: { name: string }): Promise<void> {
    this.opened.push(name);
  }
}
@Module({ providers: [Handlers] })
class HandlersModule {}

describe('a durable job whose worker died', () => {
  let testDatabase: TestDatabase;
  let [jobs, database, handlers, dead]: [Jobs, Database, Handlers, DeadLetters] = [null!, null!, null!, null!];
  let close: () => Promise<void>;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const module = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 4, processName: 'test' }),
        JobsModule.forRoot({ driver: { kind: 'in-process' }, consume: { rendering: 2 } }),
        HandlersModule,
      ],
    }).compile();
    await module.init();
    [jobs, database, handlers, dead] = [
      module.get(Jobs),
      module.get(Database),
      module.get(Handlers),
      module.get(DeadLetters),
    ];
    close = () => module.close();
  });
  afterAll(async () => {
    await close();
    await testDatabase.drop();
  });

  /** A job as workers that were killed leave it. */
  const left = async (name: string, deaths: number, leasedForSeconds = 0): Promise<string> =>
    database.inTransaction(OPERATOR, async () => {
      const id = await jobs.enqueue(OPEN_FILE, { name }, 1);
      await database.query(
        `UPDATE jobs.outbox SET run_at = now(), attempt = $2, unended_starts = $2,
           leased_until = now() + $3 * interval '1 second' WHERE id = $1`,
        [id, deaths, leasedForSeconds],
      );
      return id;
    });
  const letterOf = async (id: string) => (await dead.list(OPERATOR, 100)).find((letter) => letter.id === id);

  it('is started a second time', async () => {
    await left('once', 1);
    await jobs.relay();
    await until(() => handlers.opened.includes('once'), 'the second start');
  });

  it('is dead-lettered with its reason after two deaths, and not started', async () => {
    const id = await left('twice', 2);
    await jobs.relay();
    await until(async () => (await letterOf(id)) !== undefined, 'the dead letter');
    expect((await letterOf(id))?.error).toBe('2 workers died while they ran this job, so it is not started again.');
    expect(handlers.opened).not.toContain('twice');
  });

  it('is started again when an operator retries it', async () => {
    const id = await left('retried', 2);
    await jobs.relay();
    await until(async () => (await letterOf(id)) !== undefined, 'the dead letter');
    await dead.retry(OPERATOR, [id]);
    await jobs.relay();
    await until(() => handlers.opened.includes('retried'), 'the retry');
  });

  it('waits while another such job runs, so that a harmless one does not die with it', async () => {
    const running = await left('running', 2, 60);
    await left('harmless', 1);
    await jobs.relay();
    await database.inTransaction(OPERATOR, () => jobs.enqueue(OPEN_FILE, { name: 'new' }));
    await until(() => handlers.opened.includes('new'), 'the job that no worker died with');
    expect(handlers.opened).not.toContain('harmless');
    await database.inTransaction(OPERATOR, () => database.query('DELETE FROM jobs.outbox WHERE id = $1', [running]));
    await until(async () => (await jobs.relay(), handlers.opened.includes('harmless')), 'the harmless one');
  });
});

describe('requests of one organisation', () => {
  it('run one after the other, and those of another do not wait for them', async () => {
    const owners = new OneAtATime();
    const order: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      order.push(name);
    };
    await Promise.all([
      owners.run('a', work('a1', 60)),
      owners.run('a', () => Promise.reject(new Error('refused'))).catch(() => order.push('a2 failed')),
      owners.run('a', work('a3', 1)),
      owners.run('b', work('b1', 1)),
    ]);
    expect(order).toEqual(['b1', 'a1', 'a2 failed', 'a3']);
  });

  it('are refused when 20 wait already', async () => {
    const owners = new OneAtATime();
    const never = new Promise<void>(() => undefined);
    for (let at = 0; at <= 20; at += 1) void owners.run('a', () => never);
    await expect(owners.run('a', () => never)).rejects.toMatchObject({ code: 'job.too-many-waiting' });
  });
});
