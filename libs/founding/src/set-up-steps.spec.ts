import { setUpSteps } from './set-up-steps.js';

const NOTHING = {
  hasSentMail: false,
  hasColour: false,
  hasLogo: false,
  hasVerifiedDomain: false,
  groups: 0,
  publishedCampaigns: 0,
  joinedPartners: 0,
};
const done = (facts: Partial<typeof NOTHING>): string[] =>
  setUpSteps({ ...NOTHING, ...facts })
    .filter(({ isDone }) => isDone)
    .map(({ key }) => key);

describe('the steps of a set-up', () => {
  it('are open without their facts, in the order in which they are best done', () => {
    expect(done({})).toEqual([]);
    expect(setUpSteps(NOTHING).map(({ key }) => key)).toEqual([
      'mail',
      'brand',
      'domain',
      'group',
      'campaign',
      'partner',
    ]);
  });

  it.each([
    ['mail', { hasSentMail: true }],
    ['domain', { hasVerifiedDomain: true }],
    ['group', { groups: 1 }],
    ['campaign', { publishedCampaigns: 1 }],
    ['partner', { joinedPartners: 1 }],
  ])('are done by their fact: %s', (key, facts) => {
    expect(done(facts)).toEqual([key]);
  });

  it('ask for a colour and a logo', () => {
    expect(done({ hasColour: true })).toEqual([]);
    expect(done({ hasColour: true, hasLogo: true })).toEqual(['brand']);
  });
});
