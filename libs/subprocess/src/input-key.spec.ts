import { serialize } from 'node:v8';
import { keyOf } from './input-key.js';

describe('the key of an input', () => {
  it('is the same for equal texts, however V8 holds them', () => {
    const text = 'Stop an attack where it starts';
    const partOfWider = `€${text}`.slice(1);
    expect(serialize(text).equals(serialize(partOfWider))).toBe(false);
    expect(keyOf({ text: partOfWider })).toBe(keyOf({ text }));
  });

  it('is the same for equal bytes in a Buffer and in a part of a larger one', () => {
    const part = Buffer.from('a picture').subarray(2);
    expect(keyOf({ bytes: part })).toBe(keyOf({ bytes: new Uint8Array(part) }));
    expect(keyOf({ bytes: part })).not.toBe(keyOf({ bytes: Buffer.from('picturf') }));
  });

  it('differs for every other field, text, number, order and nothing', () => {
    const inputs = [
      { a: 'x' },
      { b: 'x' },
      { a: 'y' },
      { a: 1 },
      { a: '1' },
      { a: null },
      {},
      ['x', 'y'],
      ['y', 'x'],
      'x',
    ];
    expect(new Set(inputs.map(keyOf)).size).toBe(inputs.length);
  });

  it('refuses what it could not tell apart', () => {
    expect(() => keyOf({ a: new Map([['x', 1]]) })).toThrow(TypeError);
    expect(() => keyOf({ a: new Set(['x']) })).toThrow(TypeError);
  });
});
