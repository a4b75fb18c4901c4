import fc from 'fast-check';
import { mailGroupOf } from './mail-group.js';
import { recover, slowDown, takeTokens, type Throttle } from './throttle.js';

const NOW = new Date('2026-11-24T10:00:00Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

describe('the throttle of a group of mail servers', () => {
  it('is halved by each refusal, and never comes to a stop', () => {
    let throttle = slowDown(null, NOW);
    expect(throttle.rate).toBe(60);
    for (const rate of [30, 15, 7.5]) expect((throttle = slowDown(throttle, NOW)).rate).toBe(rate);
    for (let n = 0; n < 20; n += 1) throttle = slowDown(throttle, NOW);
    expect(throttle.rate).toBe(1);
  });

  it('recovers by a little each minute, until nobody counts any more', () => {
    const throttle = slowDown(slowDown(null, NOW), NOW);
    expect(recover(throttle, later(10))).toMatchObject({ rate: 80, tokens: 80 });
    expect(recover(throttle, later(120))).toBeNull();
  });

  it('lets no more go than its rate, whatever is asked and when, and drops nothing', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 200 })), { maxLength: 30 }), (asked) => {
        let throttle: Throttle | null = { rate: 10, tokens: 0, countedAt: NOW };
        let [minute, granted, allowed] = [0, 0, 0];
        for (const [wait, wanted] of asked) {
          allowed += throttle.rate * wait;
          minute += wait;
          throttle = recover(throttle, later(minute));
          if (throttle === null) return;
          const took = takeTokens(throttle, wanted, later(minute));
          expect(took.granted + took.waits.length).toBe(wanted);
          for (const until of took.waits) expect(until.getTime()).toBeGreaterThan(later(minute).getTime());
          granted += took.granted;
          ({ throttle } = took);
        }
        expect(granted).toBeLessThanOrEqual(allowed);
      }),
    ));
});

describe('the group of a domain', () => {
  it.each([
    [
      'hosted by Google',
      [
        { exchange: 'alt1.aspmx.l.google.com', priority: 5 },
        { exchange: 'ASPMX.L.GOOGLE.COM.', priority: 1 },
      ],
      'google',
    ],
    ['hosted by Microsoft', [{ exchange: 'customer-example.mail.protection.outlook.com', priority: 0 }], 'microsoft'],
    ['of a provider under a public suffix of two parts', [{ exchange: 'mx2.host.co.uk', priority: 10 }], 'host.co.uk'],
    [
      'behind a filter before its own server',
      [
        { exchange: 'mail.customer.example', priority: 20 },
        { exchange: 'mxa-00.gslb.pphosted.com', priority: 10 },
      ],
      'proofpoint',
    ],
    ['without an exchange', [], 'customer.example'],
    ['that wants no mail', [{ exchange: '', priority: 0 }], 'customer.example'],
    ['with an address for a name', [{ exchange: '192.0.2.1', priority: 0 }], 'customer.example'],
  ])('%s', (_, exchanges, group) => {
    expect(mailGroupOf('customer.example', exchanges)).toBe(group);
  });
});
