import fc from 'fast-check';
import { breachOf, type Tally } from './circuit-breaker.js';

const tally = (submitted: number, bounced = 0, complained = 0): Tally => ({ submitted, bounced, complained });

describe('the circuit breaker', () => {
  it.each([
    ['nothing was sent', []],
    ['all is well', [tally(500, 2)]],
    ['two in a hundred are dead, which is still welcome', [tally(50, 1), tally(50, 1), tally(50, 1), tally(50, 1)]],
    ['seven of a small list are dead, which may be bad luck', [tally(20, 7)]],
    ['what is dead lies behind two hundred good ones', [tally(200), tally(50, 40)]],
    ['two people complain of a thousand', [tally(0, 0, 1), tally(999, 0, 1)]],
  ])('lets go on when %s', (_, tallies) => {
    expect(breachOf(tallies)).toBeNull();
  });

  it.each([
    ['a list is dead', [tally(10, 10)], { cause: 'bounces', bad: 10, submitted: 10 }],
    ['one in ten is dead', [tally(40, 4), tally(40, 4)], { cause: 'bounces', bad: 8, submitted: 80 }],
    ['reports come later', [tally(0, 8), tally(150)], { cause: 'bounces', bad: 8, submitted: 150 }],
    ['three complain of a thousand', [tally(0, 0, 3), tally(990)], { cause: 'complaints', bad: 3, submitted: 990 }],
    ['both', [tally(100, 50, 5)], { cause: 'complaints', bad: 5, submitted: 100 }],
  ])('stops when %s', (_, tallies, breach) => {
    expect(breachOf(tallies)).toEqual(breach);
  });

  it('stops a list with one dead address in ten, or more, within 200 messages, 100 of them on their way', () => {
    const seconds = fc.integer({ min: 10, max: 100 });
    fc.assert(
      fc.property(seconds, (percent) => {
        const tallies: Tally[] = [];
        let submitted = 0;
        // Number of messages in submission when the bounces arrive.
        for (; breachOf(tallies) === null; submitted += 10) tallies.unshift(tally(10, Math.floor(percent / 10)));
        expect(submitted + 100).toBeLessThanOrEqual(200);
      }),
    );
  });
});
