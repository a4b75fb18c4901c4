import { type ChecklistStep, checklistSteps } from '#kernel';

/** Facts of a vendor that its set-up depends on. */
export interface SetUpFacts {
  /** A mail server accepted an e-mail of the product. */
  readonly hasSentMail: boolean;
  readonly hasColour: boolean;
  readonly hasLogo: boolean;
  /** The DNS records of its sending domain are correct. */
  readonly hasVerifiedDomain: boolean;
  readonly groups: number;
  readonly publishedCampaigns: number;
  readonly joinedPartners: number;
}

const RULES = {
  mail: ({ hasSentMail }) => hasSentMail,
  brand: ({ hasColour, hasLogo }) => hasColour && hasLogo,
  domain: ({ hasVerifiedDomain }) => hasVerifiedDomain,
  group: ({ groups }) => groups > 0,
  campaign: ({ publishedCampaigns }) => publishedCampaigns > 0,
  partner: ({ joinedPartners }) => joinedPartners > 0,
} as const satisfies Record<string, (facts: SetUpFacts) => boolean>;
type SetUpStepKey = keyof typeof RULES;
export type SetUpStep = ChecklistStep<SetUpStepKey>;

/** The steps of the set-up, in the order in which they are best done. */
export const setUpSteps = (facts: SetUpFacts): SetUpStep[] => checklistSteps<SetUpFacts, SetUpStepKey>(RULES, facts);
