import { distinctTraits } from './partner-group.js';

describe('existing tiers and regions', () => {
  it('are offered once each, as most partners are written', () => {
    expect(distinctTraits(['gold', 'Gold', 'Silver', 'Gold', 'GOLD'])).toEqual(['Gold', 'Silver']);
  });
});
