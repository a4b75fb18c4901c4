import { auditQuery } from './audit-filter';

const NOTHING = { q: '', who: '', action: '', from: '', to: '' };
const asked = (choice: Partial<typeof NOTHING>) =>
  Object.fromEntries(new URLSearchParams(auditQuery({ ...NOTHING, ...choice }, 'Throughline itself')));

describe('what is looked for in the audit log', () => {
  it('narrows nothing where nothing is said', () => {
    expect(asked({ q: '  ', who: ' ' })).toEqual({});
  });

  it('knows the product by its name', () => {
    expect(asked({ who: 'throughline itself' })).toEqual({ actorKind: 'system' });
    expect(asked({ who: 'Maya' })).toEqual({ who: 'Maya' });
  });

  it('has both days among it, over the end of a year', () => {
    const { from, to } = asked({ from: '2026-12-31', to: '2026-12-31' });
    expect(new Date(from!)).toEqual(new Date(2026, 11, 31));
    expect(new Date(to!)).toEqual(new Date(2027, 0, 1));
  });

  it('leaves out a day that somebody has written into the address and that is none', () => {
    expect(asked({ from: 'yesterday' })).toEqual({});
  });
});
