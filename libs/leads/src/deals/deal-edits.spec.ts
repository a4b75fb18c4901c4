import { newDeal } from './deal.js';
import { type DealState, requireUnchanged } from './deal-edits.js';

const AT = new Date('2026-11-17T09:00:00Z');
const SEEN: DealState = { ...newDeal({} as Parameters<typeof newDeal>[0], AT), by: 'Ada', at: AT };
const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
const later = (before: DealState, by: string, minutes: number, change: Partial<DealState>): DealState => ({
  ...before,
  ...change,
  by,
  at: new Date(AT.getTime() + minutes * 60_000),
});

describe('a change of a deal that others changed meanwhile', () => {
  const cheaper = later(SEEN, 'Bea', 1, { amount: EUR(500) });
  const expected = later(cheaper, 'Cem', 2, { expectedOn: '2027-01-31' });

  it('is refused if it is of the same field, with who changed it when', () => {
    expect(() => requireUnchanged([SEEN, cheaper, expected], { amount: EUR(700) }, 3)).toThrow(
      expect.objectContaining({
        code: 'deal.stale',
        kind: 'stale',
        details: { version: 3, changes: [{ field: 'amount', by: 'Bea', at: '2026-11-17T09:01:00.000Z' }] },
      }),
    );
  });

  it('is done if it is of another field, of the same value, or of a value that came back', () => {
    const states = [SEEN, cheaper, expected];
    expect(() => requireUnchanged(states, { products: ['Router'] }, 3)).not.toThrow();
    expect(() => requireUnchanged(states, { amount: EUR(500) }, 3)).not.toThrow();
    expect(() =>
      requireUnchanged([...states, later(expected, 'Bea', 3, { amount: null })], { amount: EUR(7) }, 4),
    ).not.toThrow();
    expect(() => requireUnchanged([SEEN], { amount: EUR(7) }, 1)).not.toThrow();
  });

  it('is refused for a day of closing if the stage is another one now', () => {
    const won = later(SEEN, 'Ada', 0, { stage: 'won', closedOn: '2026-11-17' });
    const lost = later(won, 'Bea', 1, { stage: 'lost', closedOn: '2026-11-17' });
    expect(() => requireUnchanged([won, lost], { closedOn: '2026-11-10' }, 2)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ changes: [expect.objectContaining({ field: 'stage' })] }),
      }),
    );
  });
});
