import { type ChecklistStep, checklistSteps } from '#kernel';

/** Facts of a partner that its first launch depends on. */
export interface OnboardingFacts {
  /** Fields that its brand profile lacks. */
  readonly missingBrandFields: number;
  /** Whether mail may be sent in its name for each of its vendors. */
  readonly isSenderReady: boolean;
  /** Lists with a contact. */
  readonly filledLists: number;
  /** Vendors whose newest programme terms it has not accepted. */
  readonly openTerms: number;
  readonly launches: number;
}

const RULES = {
  brand: ({ missingBrandFields }) => missingBrandFields === 0,
  sender: ({ isSenderReady }) => isSenderReady,
  contacts: ({ filledLists }) => filledLists > 0,
  terms: ({ openTerms }) => openTerms === 0,
  launch: ({ launches }) => launches > 0,
} as const satisfies Record<string, (facts: OnboardingFacts) => boolean>;
export type OnboardingStepKey = keyof typeof RULES;
export type OnboardingStep = ChecklistStep<OnboardingStepKey>;

/** What a new partner does before and with its first launch, in the order in which it is best done. */
export const onboardingSteps = (facts: OnboardingFacts): OnboardingStep[] =>
  checklistSteps<OnboardingFacts, OnboardingStepKey>(RULES, facts);
