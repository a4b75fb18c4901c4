import { type DealEntry, dealChanges } from './deal-changes';

const OPENED: DealEntry = {
  amount: { minorUnits: 100_000, currency: 'EUR' },
  expectedOn: '2027-03-31',
  stage: 'proposal',
  lostReason: null,
};

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
    expect(dealChanges(lost, { ...lost, expectedOn: null })).toEqual({ expectedOn: null });
    expect(dealChanges(lost, { ...lost, lostReason: null })).toEqual({ lostReason: null });
    expect(dealChanges(lost, { ...lost, stage: 'won' })).toEqual({ stage: 'won' });
  });
});
