import fc from 'fast-check';
import { armOf, isHeldOut } from './assignment.js';

const KEY = Buffer.alloc(32, 7);
const subjects = Array.from({ length: 4_000 }, (_, at) => `person-${at}@example.org`);
const heldOut = (percent: number, of = 'campaign', key = KEY): Set<string> =>
  new Set(subjects.filter((subject) => isHeldOut(key, [of, subject], percent)));
/** Six standard deviations of so many draws: a right implementation leaves them once in 500 million cases. */
const tolerance = (share: number): number => 6 * Math.sqrt(subjects.length * share * (1 - share));

describe('the subjects that are held out', () => {
  it('are the share that is set', () => {
    expect(heldOut(0).size).toBe(0);
    expect(heldOut(100).size).toBe(subjects.length);
    for (const percent of [1, 10, 20, 50])
      expect(Math.abs(heldOut(percent).size - subjects.length * (percent / 100))).toBeLessThan(
        tolerance(percent / 100),
      );
  });

  it('are the same each time, and among those of each larger share', () => {
    const [some, more] = [heldOut(10), heldOut(20)];
    expect(heldOut(10)).toEqual(some);
    expect([...some].every((one) => more.has(one))).toBe(true);
  });

  it('are others for another campaign and for another key', () => {
    expect(heldOut(20, 'other')).not.toEqual(heldOut(20));
    expect(heldOut(20, 'campaign', Buffer.alloc(32, 8))).not.toEqual(heldOut(20));
  });
});

describe('the arm of a subject', () => {
  const arms = ['a', 'b', 'c'] as const;

  it('is the same in any order and company', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(subjects.slice(0, 50), { minLength: 1 }), (some) => {
        for (const subject of some)
          expect(armOf(KEY, ['test', subject], arms)).toBe(armOf(KEY, ['test', subject], arms));
        const drawn = new Map(some.map((subject) => [subject, armOf(KEY, ['test', subject], arms)]));
        expect(new Map([...some].reverse().map((one) => [one, armOf(KEY, ['test', one], arms)]))).toEqual(drawn);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('is each arm with the same chance', () => {
    for (const arm of arms) {
      const count = subjects.filter((subject) => armOf(KEY, ['test', subject], arms) === arm).length;
      expect(Math.abs(count - subjects.length / 3)).toBeLessThan(tolerance(1 / 3));
    }
  });

  it('says nothing about the hold-out: the held out are spread over the arms', () => {
    const held = [...heldOut(20)];
    const first = held.filter((subject) => armOf(KEY, ['arm', subject], ['a', 'b']) === 'a').length;
    expect(Math.abs(first - held.length / 2)).toBeLessThan(6 * Math.sqrt(held.length / 4));
  });
});
