export {
  advance,
  begin,
  settled,
  actionMoment,
  type Advance,
  type Effect,
  type ExitReason,
  type EnrolmentState,
} from './advance.js';
export {
  NO_CHOICES,
  withCalendar,
  type Circumstances,
  type PartnerCalendar,
  type PartnerChoices,
} from './circumstances.js';
export { isInOrder, targetOf } from './continuation.js';
export { afterWait, dateOn, startOfDate } from './calendar.js';
export { CountryHolidays, hasHolidayRegion, publicHolidays } from './public-holidays.js';
export { postponedBy, type PostponedDate } from './postponed-by.js';
export { holidayOf } from './open-hours.js';
export { isPostponement, type Postponement } from './postponement.js';
export { isConditional, NOTHING_KNOWN, type Facts, type SequenceEvent } from './condition.js';
export { endsByExclusion, EXCLUSION_REASONS, exitsOf, type ExclusionReason } from './exclusion.js';
export {
  clicksInForce,
  DEFAULT_LEAD_RULE,
  leadMoments,
  leadRuleSchema,
  NOT_STRICTER,
  qualifiedAt,
  TAKEN_UP_DELAY_FACTOR,
  type ClickRule,
  type CountedClick,
  type LeadRule,
  type StricterLeadRule,
  type ReminderDelay,
} from './lead-rule.js';
export { stricterRuleProblems } from './stricter-lead-rule.js';
export { choiceProblems } from './partner-choices.js';
export { nextEmail, type UpcomingEmail } from './next-email.js';
export { Legs, rehearse, type DueMail, type Leg, type Rehearsal, type RehearsedStep } from './rehearse.js';
export { type Delay, type DelayReason, delaysOf } from './delays.js';
export { plannedActions, plannedEmails, rightsOf, type PlannedAction, type PlannedStep } from './planned-emails.js';
export { reenrolmentCutoff } from './reentry.js';
export { givenName } from './given-name.js';
export { sequenceSchema, type SequenceDefinition } from './sequence-definition.js';
export {
  type EnteredSequence,
  entersByConfirmation,
  entriesOf,
  firstEmailFrom,
  goalsReachedBy,
  isByList,
  isOpenToEntries,
  isResponse,
  launchEntryOf,
  sequenceAfter,
  sequenceFor,
} from './entry.js';
export { armsOf, emailOf, emailsOf, type TestedStep, testedStepOf, timeKey, timeOf } from './arms.js';
export { holdOutPercentOf } from './hold-out.js';
export { onlyIf } from './only-if.js';
export { longestPathDays } from './longest-path.js';
export { earliestHours, edgesOf, mostActions, stepOf } from './sequence-graph.js';
export { sequenceProblems } from './sequence-problems.js';
export {
  END,
  isAction,
  isChoice,
  namedBy,
  type SendTime,
  type ActionStep,
  type Condition,
  type ContactField,
  type Entry,
  type EntryKind,
  type EntryTrigger,
  type EmailStep,
  type SequenceStep,
} from './step.js';
