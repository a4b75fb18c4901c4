import { verdictOf } from './horizon.js';
import { winnerAmong } from './winner.js';

const NOW = new Date('2026-11-17');
const first = { arm: 'a', difference: null, verdict: verdictOf(null, null, NOW) };
const arm = (name: string, from: number, to: number) => {
  const difference = { estimate: (from + to) / 2, from, to };
  return { arm: name, difference, verdict: verdictOf(difference, null, NOW) };
};

describe('the winner of a test', () => {
  it('is the arm above the first, and above others that are so', () => {
    expect(winnerAmong([first, arm('b', 0.01, 0.03), arm('c', 0.04, 0.06)])?.arm).toBe('c');
    expect(winnerAmong([first, arm('b', 0.01, 0.03), arm('c', 0.02, 0.06)])).toBeNull();
    expect(winnerAmong([first, arm('b', -0.04, -0.01), arm('c', 0.01, 0.02)])?.arm).toBe('c');
  });

  it('is the first arm where all others are below it', () => {
    expect(winnerAmong([first, arm('b', -0.04, -0.01)])?.arm).toBe('a');
  });

  it('is none while an interval contains zero, or an arm has too few people', () => {
    expect(winnerAmong([first, arm('b', -0.01, 0.03)])).toBeNull();
    expect(winnerAmong([first, arm('b', -0.04, -0.01), arm('c', -0.01, 0.03)])).toBeNull();
    expect(winnerAmong([first, arm('b', 0.01, 0.03), arm('c', -0.01, 0.06)])).toBeNull();
    expect(winnerAmong([first, arm('b', 0.01, 0.03), { ...first, arm: 'c' }])).toBeNull();
    expect(winnerAmong([first, { ...first, arm: 'b' }])).toBeNull();
    expect(winnerAmong([first])).toBeNull();
    expect(winnerAmong([])).toBeNull();
  });
});
