import { type DealEntry, dealChanges, typedOver } from './deal-changes';

const OPENED: DealEntry = {
  amount: { minorUnits: 100_000, currency: 'EUR' },
  expectedOn: '2027-03-31',
  stage: 'proposal',
  closedOn: null,
  lostReason: null,
  products: ['Branch router'],
};

describe('what was typed over a deal that others have changed', () => {
  it('stays, beside what they changed', () => {
    const amount = { minorUnits: 90_000, currency: 'EUR' };
    const current: DealEntry = { ...OPENED, amount: { minorUnits: 80_000, currency: 'EUR' }, products: [] };
    expect(typedOver(OPENED, { ...OPENED, amount }, current)).toEqual({ ...current, amount });
    expect(typedOver(OPENED, { ...OPENED, amount: null, expectedOn: null }, current)).toEqual({
      ...current,
      amount: null,
      expectedOn: null,
    });
    expect(typedOver(OPENED, OPENED, current)).toEqual(current);
  });
});

describe('the changes of a deal', () => {
  it('are what a person entered, so that the rest stays as another person has changed it', () => {
    expect(dealChanges(OPENED, { ...OPENED })).toEqual({});
    const amount = { minorUnits: 90_000, currency: 'EUR' };
    expect(dealChanges(OPENED, { ...OPENED, amount })).toEqual({ amount });
    expect(dealChanges(OPENED, { ...OPENED, amount: null })).toEqual({ amount: null });
    expect(dealChanges(OPENED, { ...OPENED, expectedOn: null })).toEqual({ expectedOn: null });
    expect(dealChanges(OPENED, { ...OPENED, stage: 'won' })).toEqual({ stage: 'won' });
  });

  it('have a reason of a lost deal only, and only if it is another one', () => {
    expect(dealChanges(OPENED, { ...OPENED, stage: 'lost', lostReason: 'price' })).toEqual({
      stage: 'lost',
      lostReason: 'price',
    });
    const lost: DealEntry = { ...OPENED, stage: 'lost', lostReason: 'price' };
    expect(dealChanges(lost, { ...lost })).toEqual({});
    expect(dealChanges(lost, { ...lost, lostReason: null })).toEqual({ lostReason: null });
    expect(dealChanges(lost, { ...lost, stage: 'won' })).toEqual({ stage: 'won' });
  });

  it('have the day of closing of a won or lost deal, also where only the stage is another one', () => {
    const won = { ...OPENED, stage: 'won', closedOn: '2026-11-17' } as const;
    expect(dealChanges(OPENED, won)).toEqual({ stage: 'won', closedOn: '2026-11-17' });
    expect(dealChanges(won, { ...won, closedOn: '2026-11-10' })).toEqual({ closedOn: '2026-11-10' });
    expect(dealChanges(won, { ...won, stage: 'lost' })).toEqual({ stage: 'lost', closedOn: '2026-11-17' });
    expect(dealChanges(won, { ...won, stage: 'proposal' })).toEqual({ stage: 'proposal' });
    expect(dealChanges(won, { ...won, closedOn: null })).toEqual({});
  });

  it('have the expected day of an open deal only, whose field is shown', () => {
    const later = { ...OPENED, expectedOn: '2200-01-01' };
    expect(dealChanges(OPENED, later)).toEqual({ expectedOn: '2200-01-01' });
    expect(dealChanges(OPENED, { ...later, stage: 'won' })).toEqual({ stage: 'won' });
  });

  it('have all products if one is another one', () => {
    const products = ['Branch router', 'Firewall'];
    expect(dealChanges(OPENED, { ...OPENED, products })).toEqual({ products });
    expect(dealChanges(OPENED, { ...OPENED, products: [] })).toEqual({ products: [] });
  });
});
