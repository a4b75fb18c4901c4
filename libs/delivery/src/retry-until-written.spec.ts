import { HOUR_MS } from '#kernel';
import { RetryUntilWritten, STOPPING_MS } from './retry-until-written.js';

describe('patience with PostgreSQL', () => {
  let nowMs: number;
  let pauses: number[];
  let patience: RetryUntilWritten;

  beforeEach(() => {
    [nowMs, pauses] = [0, []];
    patience = new RetryUntilWritten({
      nowMs: () => nowMs,
      pause: async (ms) => {
        pauses.push(ms);
        nowMs += ms;
      },
    });
  });

  const backAfter = (ms: number) => async (): Promise<string> => {
    if (nowMs < ms) throw new Error('ECONNREFUSED');
    return 'written';
  };

  it('lasts for hours, and asks every five seconds at the longest', async () => {
    const failed: unknown[] = [];
    expect(await patience.run(backAfter(HOUR_MS), (error) => failed.push(error))).toBe('written');
    expect(nowMs).toBeLessThan(HOUR_MS + 5_001);
    expect(failed).toHaveLength(pauses.length);
    expect([pauses[0], Math.max(...pauses)]).toEqual([100, 5_000]);
  });

  it('ends ten seconds after the process was told to stop, and not at once: PostgreSQL may be only just restarting', async () => {
    patience.stopSoon();
    expect(await patience.run(backAfter(STOPPING_MS - 1), () => undefined)).toBe('written');
    expect(await patience.run(backAfter(HOUR_MS), () => undefined)).toBeNull();
    expect(nowMs).toBeLessThan(STOPPING_MS + 5_001);
  });

  it('ends for what waits already when the process is told', async () => {
    const told = patience.run(backAfter(HOUR_MS), () => {
      if (nowMs > 1_000) patience.stopSoon();
    });
    expect(await told).toBeNull();
    expect(nowMs).toBeLessThan(STOPPING_MS + 10_000);
  });
});
