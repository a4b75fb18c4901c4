import { auditQuery } from './audit-filter';

const NOTHING = { q: '', who: '', action: '', from: '', to: '' };
const asked = (choice: Partial<typeof NOTHING>) =>
  Object.fromEntries(new URLSearchParams(auditQuery({ ...NOTHING, ...choice }, 'Throughline itself')));

describe('the filter of the audit log', () => {
  it('is empty without choices', () => {
    expect(asked({ q: '  ', who: ' ' })).toEqual({});
  });

  it('recognises the product’s name as an author', () => {
    expect(asked({ who: 'throughline itself' })).toEqual({ actorKind: 'system' });
    expect(asked({ who: 'Maya' })).toEqual({ who: 'Maya' });
  });

  it('includes both days, across the end of a year', () => {
    const { from, to } = asked({ from: '2026-12-31', to: '2026-12-31' });
    expect(new Date(from!)).toEqual(new Date(2026, 11, 31));
    expect(new Date(to!)).toEqual(new Date(2027, 0, 1));
  });

  it('ignores an invalid day in the address', () => {
    expect(asked({ from: 'yesterday' })).toEqual({});
  });
});
