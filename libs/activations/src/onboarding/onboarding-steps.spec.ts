import { type OnboardingFacts, onboardingSteps } from './onboarding-steps.js';

const NOTHING: OnboardingFacts = {
  missingBrandFields: 2,
  isSenderReady: false,
  filledLists: 0,
  openTerms: 1,
  launches: 0,
};
const done = (facts: Partial<OnboardingFacts>): string[] =>
  onboardingSteps({ ...NOTHING, ...facts })
    .filter(({ isDone }) => isDone)
    .map(({ key }) => key);

describe('the steps of a new partner', () => {
  it('are open without their facts, in the order in which they are best done', () => {
    expect(done({})).toEqual([]);
    expect(onboardingSteps(NOTHING).map(({ key }) => key)).toEqual(['brand', 'sender', 'contacts', 'terms', 'launch']);
  });

  it.each([
    ['brand', { missingBrandFields: 0 }],
    ['sender', { isSenderReady: true }],
    ['contacts', { filledLists: 1 }],
    ['terms', { openTerms: 0 }],
    ['launch', { launches: 1 }],
  ])('are done by their fact: %s', (key, facts) => {
    expect(done(facts)).toEqual([key]);
  });
});
