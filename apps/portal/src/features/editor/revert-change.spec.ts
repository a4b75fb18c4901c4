import fc from 'fast-check';
import { revertChange, revertFile } from './revert-change';

const FIRST = 'a:\n  box: [1, 2]\n';
const SECOND = 'b:\n  box: [3, 4]\n';

describe('reverting a change', () => {
  it('restores the old text if nothing has changed since', () => {
    expect(revertChange({ before: FIRST, after: 'x' }, 'x')).toBe(FIRST);
  });

  it('preserves later changes at other places of the file', () => {
    const written = { before: FIRST + SECOND, after: FIRST.replace('1', '9') + SECOND };
    const now = FIRST.replace('1', '9') + SECOND.replace('4', '7');
    expect(revertChange(written, now)).toBe(FIRST + SECOND.replace('4', '7'));
  });

  it('is refused if the same place has changed since', () => {
    const written = { before: FIRST, after: FIRST.replace('1', '9') };
    expect(revertChange(written, FIRST.replace('1', '55'))).toBeNull();
  });

  it('preserves line endings', () => {
    const written = { before: 'one\r\ntwo\r\nthree', after: 'one\r\n2\r\nthree' };
    expect(revertChange(written, 'one\r\n2\r\nthree\r\nfour')).toBe('one\r\ntwo\r\nthree\r\nfour');
  });

  it('never changes lines outside the change', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z ]{1,12}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, fc.string(), fc.string(), (above, below, typed, added) => {
        const text = (middle: string, end: string) => [...above, '---', middle, '---', ...below, end].join('\n');
        const one = typed.replaceAll(/[\r\n]/g, '');
        const end = added.replaceAll(/[\r\n]/g, '');
        const back = revertChange(
          { before: text('first', ''), after: text(`first${one}`, '') },
          text(`first${one}`, end),
        );
        expect(back === null || back === text('first', end)).toBe(true);
      }),
    );
  });
});

describe('reverting a change of a file', () => {
  it.each([
    ['a new file', null, 'b', 'b', null],
    ['a deleted file', 'a', null, null, 'a'],
    ['a changed text', 'a', 'b', 'b', 'a'],
    ['a new file that was changed since', null, 'b', 'c', undefined],
    ['a deleted file that was made again', 'a', null, 'c', undefined],
    ['a changed file that was deleted since', 'a', 'b', null, undefined],
  ])('is for %s', (_, before, after, now, text) => expect(revertFile({ before, after }, now)).toBe(text));
});
