import { horizonOf, testReadAt, verdictOf } from './horizon.js';

const started = new Date('2026-11-02T09:00:00Z');
const better = { estimate: 0.04, from: 0.01, to: 0.07 };

describe('the verdict of a comparison', () => {
  const { readAt } = horizonOf(started);

  it('stays open until its day, whatever the interval shows', () => {
    expect(readAt.toISOString()).toBe('2026-12-14T09:00:00.000Z');
    expect(verdictOf(better, readAt, new Date(readAt.getTime() - 1))).toBe('open');
    expect(verdictOf(better, readAt, readAt)).toBe('better');
  });

  it('is what the interval says, and open without one', () => {
    expect(verdictOf({ estimate: -0.04, from: -0.07, to: -0.01 }, readAt, readAt)).toBe('worse');
    expect(verdictOf({ estimate: 0.01, from: -0.01, to: 0.03 }, readAt, readAt)).toBe('none');
    expect(verdictOf(null, readAt, readAt)).toBe('open');
  });
});

describe('the day on which a test is read', () => {
  const day = (at: string): Date => new Date(`${at}T09:00:00Z`);
  const plannedAt = day('2026-12-14');
  const readAt = (over: { lastSentAt?: Date | null; waiting?: number; now?: Date }): string =>
    testReadAt({ plannedAt, lastSentAt: null, waiting: 0, followDays: 28, now: day('2026-12-20'), ...over })
      .toISOString()
      .slice(0, 10);

  it('is as planned, where all e-mails went in time', () => {
    expect(readAt({})).toBe('2026-12-14');
    expect(readAt({ lastSentAt: day('2026-11-16') })).toBe('2026-12-14');
  });

  it('is 28 days after the last e-mail, where a limit has stretched the sending', () => {
    expect(readAt({ lastSentAt: day('2026-12-01') })).toBe('2026-12-29');
  });

  it('moves on while a compared contact waits for the e-mail', () => {
    expect(readAt({ lastSentAt: day('2026-12-01'), waiting: 1 })).toBe('2027-01-17');
    expect(readAt({ waiting: 1, now: day('2026-11-02') })).toBe('2026-12-14');
  });
});
