import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { Database, DatabaseModule } from '#database';
import { defineJob, Handles, Jobs, JobsModule, DeadLetters, BackgroundWork } from '#jobs';
import { DomainError, type Id, newId, systemActor } from '#kernel';
import { JobQueue } from './job-queue.adapter.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/until.js';

const GREET = defineJob({
  name: 'spec.greet',
  queue: 'rendering',
  data: z.object({ name: z.string() }),
  result: z.string(),
});
const FLAKY = defineJob({
  name: 'spec.flaky',
  queue: 'rendering',
  data: z.object({ id: z.string() }),
  result: z.void(),
});

/** No handler of this process consumes its queue. */
const PILED = defineJob({
  name: 'spec.pile',
  queue: 'webhooks',
  data: z.object({ at: z.number() }),
  result: z.void(),
});

@Injectable()
class Handlers {
  readonly seen: string[] = [];
  fail = 0;

  @Handles(GREET)
  async greet({ name }: { name: string }): Promise<string> {
    if (name === '') throw new DomainError('greeting.name-missing', 'Enter a name.', { field: 'name' });
    return `Hello ${name}`;
  }

  @Handles(FLAKY)
  async flaky({ id }: { id: string }): Promise<void> {
    if (this.fail-- > 0) throw new Error('not yet');
    this.seen.push(id);
  }
}

@Module({ providers: [Handlers] })
class HandlersModule {}

describe('jobs', () => {
  let testDatabase: TestDatabase;
  let jobs: Jobs;
  let database: Database;
  let handlers: Handlers;
  let queue: JobQueue;
  let close: () => Promise<void>;

  const build = (withHandlers: boolean) =>
    Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 4, processName: 'test' }),
        JobsModule.forRoot({ driver: { kind: 'in-process' }, consume: { rendering: 1 } }),
        ...(withHandlers ? [HandlersModule] : []),
      ],
    }).compile();

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const module = await build(true);
    await module.init();
    [jobs, database, handlers] = [module.get(Jobs), module.get(Database), module.get(Handlers)];
    queue = module.get(JobQueue);
    close = () => module.close();
  });
  afterAll(async () => {
    await close();
    await testDatabase.drop();
  });

  const waitingRows = () =>
    database.inTransaction(systemActor('test'), () => database.query('SELECT id FROM jobs.outbox'));

  it('answers a request', async () => {
    await expect(jobs.request(GREET, { name: 'Maya' })).resolves.toBe('Hello Maya');
  });

  it('returns a refusal to the caller as the same refusal', async () => {
    await expect(jobs.request(GREET, { name: '' })).rejects.toMatchObject({
      code: 'greeting.name-missing',
      details: { field: 'name' },
    });
  });

  it('runs a durable job after its transaction has committed, and deletes it then', async () => {
    await database.inTransaction(systemActor('test'), () => jobs.enqueue(FLAKY, { id: 'committed' }));
    await until(async () => handlers.seen.includes('committed') && (await waitingRows()).length === 0);
  });

  it('does nothing when the transaction rolls back', async () => {
    const rolledBack = database.inTransaction(systemActor('test'), async () => {
      await jobs.enqueue(FLAKY, { id: 'rolled-back' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await waitingRows()).toEqual([]);
    expect(handlers.seen).not.toContain('rolled-back');
  });

  it('retries a failed durable job when it is due', async () => {
    handlers.fail = 1;
    await database.inTransaction(systemActor('test'), () => jobs.enqueue(FLAKY, { id: 'second-try' }));
    await until(async () => {
      await jobs.relay();
      return handlers.seen.includes('second-try');
    });
  });

  it('fills a queue to its limit; a waiting row uses no attempt and delays no other queue', async () => {
    const pile = Array.from({ length: 2_500 }, (_, at) => ({ at }));
    await database.inTransaction(systemActor('test'), () => jobs.enqueueAll(PILED, pile));
    await until(async () => (await jobs.waiting(PILED)) > 0);
    for (let round = 0; round < 3; round++) await jobs.relay();
    expect(await jobs.waiting(PILED)).toBe(1_000);
    await database.inTransaction(systemActor('test'), () => jobs.enqueue(FLAKY, { id: 'beside-a-pile' }));
    await until(async () => handlers.seen.includes('beside-a-pile'));
    // Long after it was queued it is still waiting.
    const rows = await database.inTransaction(systemActor('test'), async () => {
      await database.query(`UPDATE jobs.outbox SET leased_until = now() - interval '1 second' WHERE job = $1`, [
        PILED.name,
      ]);
      return database.query(
        `SELECT count(*)::int AS n, max(attempt) AS attempts FROM jobs.outbox WHERE job = $1 AND failed_at IS NULL`,
        [PILED.name],
      );
    });
    expect(rows).toEqual([{ n: 2_500, attempts: 0 }]);
    expect(await jobs.relay()).toBe(0);
    expect(await jobs.waiting(PILED)).toBe(1_000);
    await database.inTransaction(systemActor('test'), () =>
      database.query('DELETE FROM jobs.outbox WHERE job = $1', [PILED.name]),
    );
  });

  it('does not start an entry whose row was queued again since', async () => {
    const id = newId<Id<'job'>>();
    const entry = { job: FLAKY.name, data: { id }, outboxId: id };
    await database.inTransaction(systemActor('test'), () =>
      database.query(
        `INSERT INTO jobs.outbox (id, job, data, fence, leased_until)
         VALUES ($1, $2, $3, 2, now() + interval '1 minute')`,
        [id, FLAKY.name, JSON.stringify({ id })],
      ),
    );
    await queue.add('rendering', [{ ...entry, fence: 1 }]);
    // The queue runs one entry after the other.
    await jobs.request(GREET, { name: 'Maya' });
    expect(handlers.seen).not.toContain(id);
    await queue.add('rendering', [{ ...entry, fence: 2 }]);
    await until(async () => handlers.seen.includes(id) && (await waitingRows()).length === 0);
    await queue.add('rendering', [{ ...entry, fence: 2 }]);
    await jobs.request(GREET, { name: 'Maya' });
    expect(handlers.seen.filter((seen) => seen === id)).toHaveLength(1);
  });

  describe('of another version', () => {
    const UNREADABLE = { job: FLAKY.name, data: { ids: ['of-tomorrow'] } };
    const written = async (id: string, { job, data }: { job: string; data: object }): Promise<void> => {
      await database.inTransaction(systemActor('test'), () =>
        database.query('INSERT INTO jobs.outbox (id, job, data) VALUES ($1, $2, $3)', [id, job, JSON.stringify(data)]),
      );
      await jobs.relay([id]);
    };
    const rowOf = async (id: string) => {
      const [row] = await database.inTransaction(systemActor('test'), () =>
        database.query<{ error: string | null; attempt: number; waits: number; failed: boolean; leased: boolean }>(
          `SELECT error, attempt, extract(epoch FROM run_at - now())::float8 AS waits,
                  failed_at IS NOT NULL AS failed, leased_until IS NOT NULL AS leased
           FROM jobs.outbox WHERE id = $1`,
          [id],
        ),
      );
      return row;
    };
    const putBack = async (id: string) => {
      await until(async () => (await rowOf(id))?.error != null);
      return rowOf(id);
    };

    it('are returned for a process that can read them, without a failed attempt', async () => {
      const id = newId<Id<'job'>>();
      await written(id, UNREADABLE);
      const row = await putBack(id);
      expect(row).toMatchObject({ attempt: 0, failed: false, leased: false });
      expect(row?.error).toMatch(/^Not to be read by this version: .*id/s);
      expect(row?.waits).toBeLessThanOrEqual(3);
      await database.inTransaction(systemActor('test'), () =>
        database.query(`UPDATE jobs.outbox SET data = '{"id": "of-tomorrow"}' WHERE id = $1`, [id]),
      );
      await until(async () => {
        await jobs.relay();
        return handlers.seen.includes('of-tomorrow');
      });
    });

    it('are dead-lettered after an hour without a process that can read them, however old they are', async () => {
      const [{ id }] = (await database.inTransaction(systemActor('test'), () =>
        database.query(`SELECT uuidv7(interval '-2 days') AS id`),
      )) as [{ id: string }];
      await written(id, UNREADABLE);
      expect(await putBack(id)).toMatchObject({ failed: false });
      await database.inTransaction(systemActor('test'), () =>
        database.query(
          `UPDATE jobs.outbox SET unread_since = now() - interval '61 minutes', run_at = now(), error = NULL
            WHERE id = $1`,
          [id],
        ),
      );
      await jobs.relay([id]);
      expect(await putBack(id)).toMatchObject({ failed: true });
    });
  });

  describe('without attempts left', () => {
    const operator = systemActor('operator');
    let left: DeadLetters;
    beforeAll(() => {
      left = new DeadLetters(database);
    });
    /**
     * Makes the row runnable since a minute ago, so that it is due before the
     * transaction that leases it began.
     */
    const isDue = (id: string) =>
      database.inTransaction(systemActor('test'), () =>
        database.query(`UPDATE jobs.outbox SET run_at = now() - interval '1 minute' WHERE id = $1`, [id]),
      );
    /** Fails until all attempts are used up. */
    const leave = async (id: string): Promise<string> => {
      handlers.fail = 5;
      const outboxId = await database.inTransaction(systemActor('test'), () => jobs.enqueue(FLAKY, { id }));
      await until(async () => {
        await isDue(outboxId);
        await jobs.relay();
        return handlers.fail < 0 || (await left.list(operator, 100)).some((one) => one.id === outboxId);
      });
      return outboxId;
    };

    it('are dead-lettered: counted, listed with their last error, not retried', async () => {
      const before = await left.count();
      const id = await leave('tired');
      expect(await left.count()).toBe(before + 1);
      expect((await left.list(operator, 100)).find((one) => one.id === id)).toMatchObject({
        job: 'spec.flaky',
        data: { id: 'tired' },
        attempt: 5,
        error: 'not yet',
      });
      expect(await jobs.relay([id])).toBe(0);
    });

    it('get all attempts again when an operator retries them, and only those that are named', async () => {
      const [mended, other] = [await leave('mended'), await leave('other')];
      handlers.fail = 3;
      const retried = await left.retry(operator, [mended, newId<Id<'job'>>()]);
      expect(retried.map(({ id }) => id)).toEqual([mended]);
      await until(async () => {
        await isDue(mended);
        await jobs.relay();
        return handlers.seen.includes('mended');
      });
      expect((await left.list(operator, 100)).map(({ id }) => id)).toContain(other);
      expect(handlers.seen).not.toContain('other');
      await left.retry(operator, null);
      expect(await left.count()).toBe(0);
    });
  });

  it('does not start if a job of a consumed queue has no handler', async () => {
    const module = await build(false);
    await expect(module.init()).rejects.toThrow('has no handler for: spec.greet, spec.flaky');
    await module.close();
  });

  it('closes its queues only after the last tick has ended', async () => {
    const module = await build(true);
    await module.init();
    const own = module.get(JobQueue);
    const order: string[] = [];
    const drain = own.drain.bind(own);
    own.drain = () => {
      order.push('closed');
      return drain();
    };
    let finish = (): void => undefined;
    const isBusy = new Promise<void>((resolve) => (finish = resolve));
    module.get(BackgroundWork).loop('slow', 60_000, async () => {
      await isBusy;
      order.push('ticked');
      return false;
    });
    const closing = module.close();
    // Long enough for anything that does not wait.
    await new Promise((resolve) => setTimeout(resolve, 200));
    finish();
    await closing;
    expect(order).toEqual(['ticked', 'closed']);
  });
});
