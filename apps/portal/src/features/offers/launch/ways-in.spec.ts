import { takesPeopleLater, waysWithoutList } from './ways-in';

const NOTHING = { pages: [], documents: [], social: [], entersBy: ['launch'] } as const;
const [page] = [{ key: 'demo' }];

describe('how people enter a launch without a list', () => {
  it.each([
    ['none', NOTHING],
    // Without a list there is none to join, and without a page nobody becomes a lead.
    ['none', { ...NOTHING, entersBy: ['joined', 'lead'] as const }],
    ['links', { ...NOTHING, pages: [page] }],
    ['links', { ...NOTHING, social: [page], entersBy: ['launch', 'form'] as const }],
    ['rules', { ...NOTHING, entersBy: ['date'] as const }],
    ['rules', { ...NOTHING, entersBy: ['launch', 'event'] as const }],
    ['linksAndRules', { ...NOTHING, documents: [page], entersBy: ['document', 'field'] as const }],
  ])('%s', (ways, offer) => {
    expect(waysWithoutList({ ...offer, entersBy: [...offer.entersBy] })).toBe(ways);
  });
});

describe('a launch to a list of which nobody enters at the start', () => {
  it('is of use if others enter later', () => {
    expect(takesPeopleLater({ entersBy: ['date'] })).toBe(true);
    expect(takesPeopleLater({ entersBy: ['launch', 'joined'] })).toBe(true);
    expect(takesPeopleLater({ entersBy: ['launch'] })).toBe(false);
  });
});
