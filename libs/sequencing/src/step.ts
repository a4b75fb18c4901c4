import { type ActionType, type ContactDate, isActionType, isChoiceType, type NamingActionType } from '#contracts';

/** Where a path ends. */
export const END = 'end';

/** In the order of `Temporal`'s days of the week. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** What a contact can be asked about. */
export const CONTACT_FIELDS = ['industry', 'persona', 'stage', 'segment', 'country', 'language', 'company'] as const;
export const LEAD_STATES = ['new', 'accepted', 'working', 'won', 'lost'] as const;

export type Weekday = (typeof WEEKDAYS)[number];
export type ContactField = (typeof CONTACT_FIELDS)[number];
export type LeadState = (typeof LEAD_STATES)[number];

/** Both days are in it, `2026-12-24`. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Hours (a day is 24), business days, until a date, or until a time on given
 * weekdays.
 */
export type Wait =
  | { readonly hours: number }
  | { readonly businessDays: number }
  | { readonly date: string; readonly at: string | null }
  | { readonly at: string; readonly weekdays: readonly Weekday[] };

/**
 * An event, or a fact.
 * Clicks are human; opens do not count.
 * Null: any.
 */
export type Condition =
  | { readonly on: 'click'; readonly link: string | null }
  | { readonly on: 'form'; readonly page: string | null }
  | { readonly on: 'reply' }
  | { readonly on: 'event'; readonly name: string }
  | { readonly on: 'lead'; readonly states: readonly LeadState[] }
  | { readonly on: 'list'; readonly list: string }
  | { readonly on: 'field'; readonly field: ContactField; readonly values: readonly string[]; readonly isNot: boolean }
  | { readonly on: 'date'; readonly date: string };

export interface Transition {
  readonly when: Condition;
  /** Left out: the step that follows in the list. */
  readonly then?: string | undefined;
}

/** What a partner may change: when a step comes, whether it comes. */
type PartnerRight = 'shift' | 'skip';

export interface ActionRules {
  readonly key: string;
  /** Left out: the step that follows in the list; `end` ends it. */
  readonly next?: string | undefined;
  /**
   * Only on these dates of the contact's calendar: before, it waits; after, it
   * is skipped.
   */
  readonly valid?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  /** Left out: what the sequence says. */
  readonly partnerMay?: readonly PartnerRight[] | undefined;
}
type ActionOf<Type extends ActionType> = ActionRules & { readonly kind: Type } & {
  readonly [Field in Extract<Type, NamingActionType>]: string;
};
export type EmailStep = ActionOf<'email'> & {
  /** E-mails that are tested against it: each contact gets one of them all. Left out: no test. */
  readonly test?: readonly string[] | undefined;
  /** Parts of the window that are tested against each other: each contact gets the e-mail in one of them. */
  readonly testTimes?: readonly SendTime[] | undefined;
};
/** A part of the window of the sequence. Weekdays left out: those of the window. */
export interface SendTime {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: readonly Weekday[] | undefined;
}
/**
 * `post` is made ready for the partner, once in an activation. `notify` e-mails
 * a text of the catalogue to the partner's users. The field of the kind's name
 * says which one.
 */
export type ActionStep =
  | EmailStep
  | { [Type in Exclude<ActionType, 'email'>]: ActionOf<Type> }[Exclude<ActionType, 'email'>];
type WaitStep = { readonly key: string; readonly kind: 'wait'; readonly next?: string | undefined } & Wait;
/** Evaluates facts, and continues at once. */
export interface BranchStep {
  readonly key: string;
  readonly kind: 'branch';
  readonly transitions: readonly Transition[];
  readonly else?: string | undefined;
}
/** Waits for the first of several conditions, or for its time-out. */
export interface UntilStep {
  readonly key: string;
  readonly kind: 'until';
  readonly transitions: readonly Transition[];
  readonly within: Wait;
  readonly else?: string | undefined;
}
export type SequenceStep = ActionStep | WaitStep | BranchStep | UntilStep;

export const isAction = (step: SequenceStep): step is ActionStep => isActionType(step.kind);
/** Whether a step leads to one of several steps. */
export const isChoice = (step: SequenceStep): step is BranchStep | UntilStep => isChoiceType(step.kind);
/** The e-mail, post, text or webhook that an action names; null: it names none. */
export const namedBy = (step: SequenceStep): string | null => {
  switch (step.kind) {
    case 'email':
      return step.email;
    case 'post':
      return step.post;
    case 'notify':
      return step.notify;
    case 'webhook':
      return step.webhook;
    default:
      return null;
  }
};

/**
 * A purpose of a sequence.
 * Counted once; it ends the enrolment unless the author says no.
 */
export interface Goal {
  readonly key: string;
  readonly when: Condition;
  readonly ends: boolean;
}

/** What makes a person enter. Null: any. */
export type EntryTrigger =
  | { readonly on: 'launch' }
  | { readonly on: 'joined' }
  | { readonly on: 'form'; readonly page: string | null }
  | { readonly on: 'document'; readonly document: string | null }
  | { readonly on: 'event'; readonly name: string }
  | { readonly on: 'lead'; readonly states: readonly LeadState[] }
  | { readonly on: 'field'; readonly field: ContactField; readonly values: readonly string[]; readonly isNot: boolean }
  /** So many days after a date of the contact; negative: before it. */
  | { readonly on: 'date'; readonly field: ContactDate; readonly days: number };

export type EntryKind = EntryTrigger['on'];

/** A rule by which a person enters a sequence. */
export interface Entry {
  readonly key: string;
  readonly when: EntryTrigger;
  /** The step at which the person begins. */
  readonly start: string;
  /** After how many days the same rule may begin again. Absent: never. */
  readonly reentry?: { readonly afterDays: number } | undefined;
  /**
   * `confirmed`: the person waits until it has confirmed its opt-in by e-mail.
   * Absent: any consent that a message needs is enough.
   */
  readonly consent?: 'confirmed' | undefined;
}
