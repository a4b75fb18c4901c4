import { embedState } from './embed-state.js';

describe('an embed', () => {
  it.each([
    ['live', 'active', 'published', null],
    ['live', 'held', 'published', null],
    ['live', 'completed', 'published', null],
    ['ended', 'stopped', 'published', null],
    ['ended', 'completed', 'retired', null],
    ['recalled', 'active', 'recalled', null],
    ['recalled', 'stopped', 'recalled', 'recalled'],
    ['updated', 'stopped', 'published', 'published'],
    ['updated', 'completed', 'recalled', 'published'],
    ['ended', 'stopped', 'retired', 'recalled'],
  ] as const)(
    'is %s if its activation is %s, its version %s and that of the next launch %s',
    (state, activation, version, next) => {
      expect(embedState(activation, version, next)).toBe(state);
    },
  );
});
