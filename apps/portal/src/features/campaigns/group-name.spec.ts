import { freeName } from './group-name';

describe('the name of a group of single partners', () => {
  it('is their names, with a number if another group has it', () => {
    expect(freeName('Kessler Systemhaus', new Set())).toBe('Kessler Systemhaus');
    expect(freeName('Kessler', new Set(['Kessler', 'Kessler (2)']))).toBe('Kessler (3)');
  });

  it('has at most 80 characters', () => {
    const names = 'Harbour IT, '.repeat(12);
    const name = freeName(names, new Set());
    expect(name).toHaveLength(80);
    expect(name.endsWith('…')).toBe(true);
    expect(freeName(names, new Set([name]))).toMatch(/^.{1,76} \(2\)$/);
  });
});
