import { ATTRIBUTE_KINDS } from '#contracts';
import { conditionsAbout, isComplete, newCondition } from './condition';

describe('a condition about an attribute', () => {
  it('begins with the usual question about its kind', () => {
    const first = ATTRIBUTE_KINDS.map((kind) => newCondition({ id: 'a', kind }).on);
    expect(first).toEqual([
      'attribute',
      'attribute',
      'attribute',
      'attribute-number',
      'attribute-date',
      'attribute-yes',
      'certified',
    ]);
    for (const kind of ATTRIBUTE_KINDS) expect(conditionsAbout(kind)).toContain('attribute-known');
  });

  it('is complete once it has a value or a limit', () => {
    const focus = newCondition({ id: 'a', kind: 'choice' });
    expect(isComplete(focus)).toBe(false);
    expect(isComplete({ ...focus, is: ['healthcare'] } as typeof focus)).toBe(true);
    const size = newCondition({ id: 'a', kind: 'number' });
    expect(isComplete(size)).toBe(false);
    expect(isComplete({ ...size, to: 5 } as typeof size)).toBe(true);
    expect(isComplete(newCondition({ id: 'a', kind: 'certification' }))).toBe(true);
  });
});
