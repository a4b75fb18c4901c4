import { defineTask, TaskLimitError } from './index.js';
import type { Behaviour } from './misbehaving-task.fixture.js';

const task = defineTask<Behaviour, string>({
  name: 'test.misbehave',
  worker: new URL('./misbehaving-task.fixture.js', import.meta.url),
  load: () => import('./misbehaving-task.fixture.js'),
  limits: { cpuMs: 1_000, memoryMb: 300 },
  processes: 2,
  maxWaiting: 100,
  isolatedInTests: true,
});
const answer = (value: string): Promise<string> => task.run({ kind: 'answer', value });
const pidOf = (answered: string): string => answered.split(' ')[1] ?? '';
const limitOf = (kind: Behaviour['kind']): Promise<unknown> =>
  task.run({ kind, value: '' }).then(
    (output) => output,
    (error: unknown) => (error instanceof TaskLimitError ? error.limit : error),
  );

describe('a task', () => {
  it('runs in another process, and again in the same one', async () => {
    const [first, second] = [await answer('a'), await answer('b')];
    expect(pidOf(first)).not.toBe(String(process.pid));
    expect(pidOf(second)).toBe(pidOf(first));
  });

  it('runs in at most its number of processes; others wait', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => answer(String(at))));
    expect(answers.map((one) => one.split(' ')[0])).toEqual(Array.from({ length: 12 }, (_, at) => String(at)));
    expect(new Set(answers.map(pidOf)).size).toBeLessThanOrEqual(2);
  });

  it.each([
    ['spin', 'time'],
    ['grow', 'memory'],
    ['recurse', 'memory'],
    ['crash', 'crash'],
  ] as const)('is ended when it does this: %s', async (kind, limit) => {
    const before = process.memoryUsage().rss;
    expect(await limitOf(kind)).toBe(limit);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    expect(await answer('again')).toMatch(/^again \d+$/);
  });

  it('does not hold up this process, nor a task beside it', async () => {
    const spinning = limitOf('spin');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 20);
    await answer('beside');
    expect(await spinning).toBe('time');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('passes a refusal on as the same refusal', async () => {
    await expect(task.run({ kind: 'refuse', value: 'file' })).rejects.toMatchObject({
      code: 'test.refused',
      message: 'Choose another.',
      details: { field: 'file' },
      kind: 'invalid',
    });
  });

  it('does not see the settings of the product', async () => {
    expect(await task.run({ kind: 'environment', value: '' })).not.toMatch(/SECRET|DATABASE|NODE_ENV/);
  });

  it('keeps one process for a session', async () => {
    const session = await task.open();
    const pids = [];
    for (const value of ['a', 'b', 'c']) pids.push(pidOf(await session.run({ kind: 'answer', value })));
    session.close();
    expect(new Set(pids).size).toBe(1);
  });
});
