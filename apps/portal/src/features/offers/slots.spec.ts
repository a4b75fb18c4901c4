import { faultOf, lengthOf, type Slot, invalidSlots } from './slots';

const slot: Slot = {
  name: 'offer',
  labels: { en: 'Your offer' },
  help: {},
  maxChars: 20,
  maxLines: 2,
  required: true,
  default: { kind: 'paragraphs', blocks: [[{ text: 'Talk to us.' }]] },
  suggested: {},
  usedIn: ['emails.welcome'],
} as unknown as Slot;

describe('a partner’s own text', () => {
  it.each([
    ['fit', 'Twenty letters, here', null],
    ['are too long', 'Twenty letters, here!!', { kind: 'tooLong', count: 2 }],
    ['have too many lines', 'one\ntwo\nthree', { kind: 'tooManyLines', count: 1 }],
    ['are missing', ' \n ', { kind: 'required' }],
    ['fit without their blank lines and edges', '\n\none  \n\n  two\n', null],
  ])('%s', (_, lines, fault) => {
    expect(faultOf(slot, lines)).toEqual(fault);
  });

  it('is counted as sent: line by line, composed, and an emoji is one character', () => {
    expect(lengthOf(slot, ' a \n\n b ')).toBe(3);
    expect(lengthOf(slot, 'e\u0301')).toBe(1);
    expect(lengthOf(slot, '🚀')).toBe(1);
  });

  it('may be the suggestion, if that is valid', () => {
    const empty: Slot = { ...slot, name: 'empty', default: { kind: 'paragraphs', blocks: [] } };
    expect(invalidSlots([slot, empty], {}).map(({ name }) => name)).toEqual(['empty']);
    expect(invalidSlots([slot, empty], { empty: 'Now' })).toEqual([]);
    expect(invalidSlots([slot], { offer: 'x'.repeat(21) })).toEqual([slot]);
  });
});
