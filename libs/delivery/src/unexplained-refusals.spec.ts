import fc from 'fast-check';
import { UnexplainedRefusals, type GroupAnswer } from './unexplained-refusals.js';

const BEGAN = new Date('2026-11-21T12:00:00Z').getTime();
const at = (second: number): Date => new Date(BEGAN + second * 1000);
const KINDS = { x: 'unexplained', '.': 'accepted', s: 'slow-down' } as const;
/** `x` is a unexplained refusal, `.` is mail that was taken. */
const of = (group: string, pattern: string): GroupAnswer[] =>
  [...pattern].map((sign) => ({ group, kind: KINDS[sign as keyof typeof KINDS] }));
/**
 * One answer a second.
 * @returns the groups that were found to refuse all of us, in their order.
 */
const told = (refusals: UnexplainedRefusals, answers: readonly GroupAnswer[], from = 0): string[] =>
  answers.flatMap((answer, n) => {
    const { refusing, store: store } = refusals.evaluate([answer], at(from + n));
    store();
    return [...refusing];
  });

describe('unexplained refusals of a group of mail servers', () => {
  it.each(['xxxxx', 'x.x.x.x.x', '.....xxxxx', 'xxxx.....x'])(
    'mean all of us when five of the newest ten are: %s',
    (pattern) => {
      expect(told(new UnexplainedRefusals(), of('mute', pattern))).toEqual(['mute']);
    },
  );

  it.each(['', 'x', 'xxxx', 'xxxx......', 'x..x..x..x..x..x', 'xxxx......x'])(
    'mean their messages when fewer are: %s',
    (pattern) => {
      expect(told(new UnexplainedRefusals(), of('mute', pattern))).toEqual([]);
    },
  );

  it('count for ten minutes', () => {
    for (const [pause, found] of [
      [590, ['mute']],
      [601, []],
    ] as const) {
      const refusals = new UnexplainedRefusals();
      expect(told(refusals, of('mute', 'xxxx'))).toEqual([]);
      expect(told(refusals, of('mute', 'x'), pause + 3)).toEqual(found);
    }
  });

  it('are counted anew once they were answered', () => {
    const refusals = new UnexplainedRefusals();
    expect(told(refusals, of('mute', 'xxxxxxxxxxx'))).toEqual(['mute', 'mute']);
  });

  it('are the relay’s own when several groups say it and nobody takes mail', () => {
    const both = Array.from({ length: 8 }, () => [...of('one', 'x'), ...of('two', 'x')]).flat();
    const refusals = new UnexplainedRefusals();
    expect(told(refusals, both)).toEqual([]);
    // Somebody takes mail through it again: those that still refuse mean us.
    expect(told(refusals, [...of('three', '.'), ...of('one', 'x')], 20)).toEqual(['one']);
  });

  it('were never heard where what came of them was not kept', () => {
    const refusals = new UnexplainedRefusals();
    for (let n = 0; n < 9; n += 1) refusals.evaluate(of('mute', 'xxxx'), at(n));
    expect(told(refusals, of('mute', 'xxxx'))).toEqual([]);
  });

  it('are found in any batches, by a group alone, exactly when five of the newest ten are', () => {
    const answers = fc.array(fc.constantFrom('x', '.'), { maxLength: 40 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 7 }), (signs, size) => {
        const refusals = new UnexplainedRefusals();
        let since: string[] = [];
        for (let from = 0; from < signs.length; from += size) {
          const batch = signs.slice(from, from + size);
          since = [...since, ...batch].slice(-10);
          const expected = batch.includes('x') && since.filter((sign) => sign === 'x').length >= 5;
          const { refusing, store: store } = refusals.evaluate(of('mute', batch.join('')), at(from));
          store();
          expect(refusing.has('mute')).toBe(expected);
          if (expected || !since.includes('x')) since = [];
        }
      }),
    );
  });
});
