import fc from 'fast-check';
import { Heap } from './heap.js';

describe('a heap', () => {
  it('gives back the least of what is in it, whatever came when', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: null })), (moves) => {
        const heap = new Heap<number>((a, b) => a - b);
        const model: number[] = [];
        for (const move of moves) {
          if (move === null) expect(heap.pop()).toBe(model.shift());
          else {
            heap.push(move);
            model.push(move);
            model.sort((a, b) => a - b);
          }
        }
        for (const left of model) expect(heap.pop()).toBe(left);
        expect(heap.pop()).toBeUndefined();
      }),
    ));
});
