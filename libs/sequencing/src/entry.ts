import type { SequenceDefinition } from './sequence-definition.js';
import { END, type Entry, type EntryKind, type Goal } from './step.js';

/**
 * The key of the entry that a sequence without `entries` has. Enrolments from
 * before entries have it, too.
 */
const LAUNCH_ENTRY = 'launch';

/** What the person did itself, or the partner about it: a follow-up answers it. */
const RESPONSES: ReadonlySet<EntryKind> = new Set<EntryKind>(['form', 'document', 'lead']);
export const isResponse = (kind: EntryKind): boolean => RESPONSES.has(kind);

const BY_LIST: ReadonlySet<EntryKind> = new Set<EntryKind>(['launch', 'joined']);
export const isByList = (kind: EntryKind): boolean => BY_LIST.has(kind);

/** The entries of a sequence. Without `entries`: the list at launch, from the first step. */
export function entriesOf({ entries, steps }: Pick<SequenceDefinition, 'entries' | 'steps'>): readonly Entry[] {
  return entries ?? [{ key: LAUNCH_ENTRY, when: { on: 'launch' }, start: steps[0]?.key ?? END }];
}

/** The entry of the contacts on the lists of a launch; undefined: they do not enter. */
export const launchEntryOf = (sequence: Pick<SequenceDefinition, 'entries' | 'steps'>): Entry | undefined =>
  entriesOf(sequence).find(({ when }) => when.on === 'launch');

/** Whether people can enter after the launch. */
export const isOpenToEntries = (sequence: Pick<SequenceDefinition, 'entries' | 'steps'>): boolean =>
  entriesOf(sequence).some(({ when }) => when.on !== 'launch');

/**
 * Whether who sends the form of a page has to confirm its opt-in to enter: by
 * the form, by a document that it was sent for, or by the lead that it makes.
 */
export const entersByConfirmation = (sequence: Pick<SequenceDefinition, 'entries' | 'steps'>, page: string): boolean =>
  entriesOf(sequence).some(
    ({ consent, when }) =>
      consent === 'confirmed' &&
      isResponse(when.on) &&
      (when.on !== 'form' || when.page === null || when.page === page),
  );

/** Where people begin, each step once. */
export const startsOf = (sequence: Pick<SequenceDefinition, 'entries' | 'steps'>): readonly string[] => [
  ...new Set(entriesOf(sequence).map(({ start }) => start)),
];

/** A sequence as those go through it who entered by a rule. */
export interface EnteredSequence extends SequenceDefinition {
  /** It answers what the person did: the lead that it made does not end it. */
  readonly isFollowUp?: true;
  /** The sequence that a position was stored in, where an update has replaced it since. */
  readonly replaces?: SequenceDefinition;
}

const followUps = new WeakMap<SequenceDefinition, EnteredSequence>();

/**
 * The sequence for those who entered by a rule of a kind. Cached: equal
 * sequences share one object, by which the calendar caches its results.
 */
export function sequenceFor(sequence: SequenceDefinition, kind: EntryKind): EnteredSequence {
  if (!isResponse(kind)) return sequence;
  const known = followUps.get(sequence);
  if (known !== undefined) return known;
  const followUp: EnteredSequence = { ...sequence, isFollowUp: true };
  followUps.set(sequence, followUp);
  return followUp;
}

const replacements = new WeakMap<SequenceDefinition, WeakMap<SequenceDefinition, EnteredSequence>>();

/** A sequence for contacts whose position is of an earlier one. Cached, as `sequenceFor` is. */
export function sequenceAfter(earlier: SequenceDefinition, sequence: EnteredSequence): EnteredSequence {
  const known = replacements.get(sequence) ?? new WeakMap<SequenceDefinition, EnteredSequence>();
  const after = known.get(earlier) ?? { ...sequence, replaces: earlier };
  known.set(earlier, after);
  replacements.set(sequence, known);
  return after;
}

const presents = new WeakMap<EnteredSequence, EnteredSequence>();

/** The sequence for contacts whose position is of it. Cached, as `sequenceFor` is. */
export function withoutEarlier(sequence: EnteredSequence): EnteredSequence {
  const known = presents.get(sequence);
  if (known !== undefined) return known;
  const { replaces: _, ...present } = sequence;
  presents.set(sequence, present);
  return present;
}

/** The first e-mail in the list from a step on; empty without one. */
export function firstEmailFrom({ steps }: Pick<SequenceDefinition, 'steps'>, start: string): string {
  const from = steps.findIndex(({ key }) => key === start);
  return steps.slice(Math.max(0, from)).find(({ kind }) => kind === 'email')?.key ?? '';
}

/** The goals that a person reaches by what made it enter: a form, or an event. */
export function goalsReachedBy({ goals = [] }: Pick<SequenceDefinition, 'goals'>, { when }: Entry): readonly string[] {
  const isMet = ({ when: wanted }: Goal): boolean => {
    if (wanted.on === 'form' && when.on === 'form') return wanted.page === null || wanted.page === when.page;
    return wanted.on === 'event' && when.on === 'event' && wanted.name === when.name;
  };
  return goals.filter(isMet).map(({ key }) => key);
}
