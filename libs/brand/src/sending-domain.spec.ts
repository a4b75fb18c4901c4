import type { RecordFinding } from './domain-records.js';
import { checkedDomain, checkedLocal, nextCheckAt, statusAfter } from './sending-domain.js';

const MAIL_DOMAIN = 'mail.throughline.example';
const now = new Date('2026-11-24T10:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const found = (problem: RecordFinding['problem']): RecordFinding[] => [
  { purpose: 'dkim-rsa', problem: null, found: 'x' },
  { purpose: 'dmarc', problem, found: null },
];

describe('a sending domain', () => {
  it.each([
    ['News.Alpenblick.example.', 'news.alpenblick.example'],
    [' alpenblick.example', 'alpenblick.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (input, domain) => {
    expect(checkedDomain(input, MAIL_DOMAIN)).toBe(domain);
  });

  it.each([
    ['gmail.com', 'freemail'],
    ['my.web.de', 'freemail'],
    ['https://alpenblick.example', 'invalid'],
    ['mia@alpenblick.example', 'invalid'],
    ['localhost', 'invalid'],
    ['192.0.2.1', 'invalid'],
    [`${'a'.repeat(64)}.example`, 'invalid'],
    ['-x.example', 'invalid'],
    ['alpenblick.example\r\nBcc: x', 'invalid'],
    ['a.mail.throughline.example', 'platform'],
    ['throughline.example', 'platform'],
  ])('is not %s, which is %s', (input, reason) => {
    expect(() => checkedDomain(input, MAIL_DOMAIN)).toThrow(
      expect.objectContaining({ code: `sending-domain.${reason}`, details: { field: 'domain' } }),
    );
  });

  it.each(['postmaster', 'no-reply', 'a..b', '.a', 'a b', 'ä', '', 'x'.repeat(65)])(
    'has no mail from "%s"',
    (local) => {
      expect(() => checkedLocal(local)).toThrow(expect.objectContaining({ code: 'sending-domain.from-invalid' }));
    },
  );

  it('is verified when every record is right', () => {
    expect(statusAfter({ state: 'pending', unreachableSince: null }, found(null), now).state).toBe('verified');
  });

  it('breaks when a record of a verified one is no longer right', () => {
    expect(statusAfter({ state: 'verified', unreachableSince: null }, found('missing'), now).state).toBe('broken');
  });

  it('stays pending as long as it never was right', () => {
    expect(statusAfter({ state: 'pending', unreachableSince: null }, found('missing'), now).state).toBe('pending');
  });

  it('does not break while name servers are silent, until a day has passed', () => {
    const first = statusAfter({ state: 'verified', unreachableSince: null }, found('unreachable'), now);
    expect(first).toEqual({ state: 'verified', unreachableSince: now });
    expect(statusAfter(first, found('unreachable'), hours(23)).state).toBe('verified');
    expect(statusAfter(first, found('unreachable'), hours(25)).state).toBe('broken');
    expect(statusAfter(first, found(null), hours(25))).toEqual({ state: 'verified', unreachableSince: null });
  });

  it('is checked every ten minutes while a user waits, else hourly', () => {
    expect(nextCheckAt('pending', now, now)).toEqual(hours(1 / 6));
    expect(nextCheckAt('broken', now, now)).toEqual(hours(1 / 6));
    expect(nextCheckAt('verified', now, now)).toEqual(hours(1));
    expect(nextCheckAt('pending', hours(-24 * 8), now)).toEqual(hours(1));
  });
});
