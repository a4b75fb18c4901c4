export {
  advance,
  begin,
  holidayOf,
  actionMoment,
  openHours,
  NO_CHOICES,
  withCalendar,
  type Advance,
  type Circumstances,
  type Effect,
  type ExitReason,
  type PartnerCalendar,
  type PartnerChoices,
  type SkipReason,
  type EnrolmentState,
  type StepEvent,
} from './advance.js';
export { afterWait, dateOn, nextOpening } from './calendar.js';
export { postponedBy, type PostponedDate } from './postponed-by.js';
export { isPostponement, type Postponement } from './postponement.js';
export { holds, isConditional, NOTHING_KNOWN, type Facts, type Happening } from './condition.js';
export {
  clicksInForce,
  DEFAULT_LEAD_RULE,
  leadMoments,
  leadRuleSchema,
  NO_TIGHTENING,
  qualifiedAt,
  TAKEN_UP_PATIENCE_FACTOR,
  type ClickRule,
  type CountedClick,
  type LeadRule,
  type LeadTightening,
  type Patience,
} from './lead-rule.js';
export { tighteningProblems } from './lead-tightening.js';
export { choiceProblems } from './partner-choices.js';
export {
  Legs,
  rehearse,
  type Assumptions,
  type DueMail,
  type Leg,
  type Rehearsal,
  type RehearsedStep,
} from './rehearse.js';
export { type Delay, type DelayReason, delaysOf } from './delays.js';
export { plannedActions, plannedEmails, rightsOf, type PlannedAction, type PlannedStep } from './planned-emails.js';
export { forgottenBefore } from './reentry.js';
export { givenName, sequenceSchema, type SequenceDefinition } from './sequence-definition.js';
export { onlyIf } from './only-if.js';
export { earliestHours, edgesOf, stepOf } from './sequence-graph.js';
export { sequenceProblems, type SequenceProblem } from './sequence-problems.js';
export {
  END,
  isAction,
  type ActionStep,
  type Condition,
  type ContactField,
  type EmailStep,
  type SequenceStep,
  type Wait,
  type Way,
} from './step.js';
