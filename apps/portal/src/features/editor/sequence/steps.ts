import { type Document, isMap, isSeq, LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { CHOICE_TYPES, isActionType, isChoiceType, STEP_TYPE_NAMES, type StepType } from '#contracts';
import { readYamlOnly } from '../yaml-file';

/** Target that ends the sequence. */
export const END = 'end';

/**
 * Duration as in `campaign.yaml`: days and hours, business days, until a date,
 * or until a time on some weekdays.
 */
export interface WrittenWait {
  readonly days?: number;
  readonly hours?: number;
  readonly businessDays?: number;
  readonly until?: string;
  readonly at?: string;
  readonly weekdays?: readonly string[];
}

export const CONDITIONS = ['click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'date'] as const;
export type ConditionKind = (typeof CONDITIONS)[number];

/** A condition and its target; without `then`, the following step. */
export interface WrittenBranch {
  readonly click?: string;
  readonly form?: string;
  readonly reply?: true;
  readonly event?: string;
  readonly lead?: readonly string[];
  readonly list?: string;
  readonly field?: string;
  readonly is?: readonly string[];
  readonly isNot?: readonly string[];
  readonly date?: string;
  readonly then?: string;
}

/** A part of the send times; without weekdays, on all of them. */
export interface WrittenSendTime {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: readonly string[];
}

/**
 * A step as in the file.
 * Its kind is the one field of `STEP_TYPES` that it has.
 */
export interface WrittenStep {
  readonly key: string;
  readonly kind: StepType;
  readonly email?: string;
  /** E-mails that are tested against it. */
  readonly test?: readonly string[];
  /** Times that are tested against each other. */
  readonly testTimes?: readonly WrittenSendTime[];
  readonly post?: string;
  readonly notify?: string;
  readonly webhook?: string;
  readonly wait?: WrittenWait;
  readonly until?: readonly WrittenBranch[];
  readonly branch?: readonly WrittenBranch[];
  readonly within?: WrittenWait;
  readonly next?: string;
  readonly else?: string;
  /** Action: days on which it is allowed, and what partners can change. */
  readonly valid?: { readonly from?: string; readonly to?: string };
  readonly partnerMay?: readonly string[];
  /** First and last line in the file, counted from 1. */
  readonly lines: readonly [number, number];
}

/** New values of fields; null removes one. */
export type StepChange = Readonly<Record<string, unknown>>;

/** Steps of a sequence; null if the file has none that can be drawn. */
export function readSteps(text: string): WrittenStep[] | null {
  if (!readYamlOnly(text).ok) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const seq = document.getIn(['sequence', 'steps'], true);
  if (!isSeq(seq)) return null;
  const steps: WrittenStep[] = [];
  for (const item of seq.items) {
    if (!isMap(item)) return null;
    const written = item.toJS(document) as Record<string, unknown>;
    const kind = STEP_TYPE_NAMES.find((one) => one in written);
    const [from = 0, to = 0] = item.range ?? [];
    if (kind === undefined || typeof written['key'] !== 'string') return null;
    const place = [lines.linePos(from).line, lines.linePos(Math.max(from, to - 1)).line] as const;
    steps.push({ ...written, key: written['key'], kind, lines: place });
  }
  return steps;
}

/**
 * The unconditional target of a step: its own, the following step, or the end.
 */
export function nextOf(steps: readonly WrittenStep[], at: number): string {
  const step = steps[at];
  return step?.next ?? step?.else ?? steps[at + 1]?.key ?? END;
}

/** Conditions of an until or a branch. */
export const branchesOf = ({ until, branch }: WrittenStep): readonly WrittenBranch[] => until ?? branch ?? [];

/** Whether a step has conditions. */
export const hasBranches = ({ kind }: WrittenStep): boolean => isChoiceType(kind);

const seqOf = (document: Document): YAMLSeq => document.getIn(['sequence', 'steps'], true) as YAMLSeq;
const keyOf = (step: unknown): string => String((step as YAMLMap).get('key'));

/**
 * Changes fields of a step.
 * A new key is also changed in all references to the step.
 */
export function changeStep(document: Document, at: number, change: StepChange): void {
  const step = seqOf(document).items[at] as YAMLMap;
  const before = keyOf(step);
  for (const [field, value] of Object.entries(change)) {
    if (value === null) step.delete(field);
    else step.set(field, document.createNode(value, { flow: true }));
  }
  const after = keyOf(step);
  if (after !== before) lead(document, before, after);
}

/** Adds a step after another; -1 adds it first. */
export function addStep(document: Document, after: number, step: Readonly<Record<string, unknown>>): void {
  seqOf(document).items.splice(after + 1, 0, document.createNode(step, { flow: true }));
}

/**
 * Removes a step.
 * References to it now lead to its own target.
 */
export function removeStep(document: Document, at: number): void {
  const { items } = seqOf(document);
  const [removed] = items.splice(at, 1);
  const step = removed as YAMLMap;
  const following = items[at];
  const said = step.get('next') ?? step.get('else');
  const onward = typeof said === 'string' ? said : following === undefined ? END : keyOf(following);
  lead(document, keyOf(step), onward);
}

/**
 * Connects a step to another one, or to the end.
 * @param way index of the condition; null: the unconditional target; the number
 *   of conditions: a new condition.
 */
export function connectStep(document: Document, at: number, way: number | null, to: string): void {
  const { items } = seqOf(document);
  const step = items[at] as YAMLMap;
  const kind = CHOICE_TYPES.find((type) => step.has(type)) ?? null;
  const ways = kind === null ? undefined : step.get(kind);
  const following = items[at + 1];
  // The default target is not stored, so that it still applies when steps move.
  const said = to === (following === undefined ? END : keyOf(following)) ? null : to;
  if (way === null || !isSeq(ways)) say(step, kind === null ? 'next' : 'else', said);
  else if (way < ways.items.length) say(ways.items[way] as YAMLMap, 'then', said);
  else ways.add(document.createNode({ click: 'any', ...(said === null ? {} : { then: said }) }, { flow: true }));
}

function say(map: YAMLMap, field: string, value: string | null): void {
  if (value === null) map.delete(field);
  else map.set(field, value);
}

/** Moves a step in the list. */
export function moveStep(document: Document, from: number, to: number): void {
  const { items } = seqOf(document);
  items.splice(to, 0, ...items.splice(from, 1));
}

/** Changes all references from one step to another. */
function lead(document: Document, from: string, to: string): void {
  const turn = (map: unknown, field: string): void => {
    if (isMap(map) && map.get(field) === from) map.set(field, to);
  };
  const entries = document.getIn(['sequence', 'entries'], true);
  // No entry can start at the end: it keeps the missing step, which is a problem.
  if (to !== END && isSeq(entries)) for (const entry of entries.items) turn(entry, 'start');
  for (const step of seqOf(document).items) {
    turn(step, 'next');
    turn(step, 'else');
    for (const field of CHOICE_TYPES) {
      const ways = isMap(step) ? step.get(field) : undefined;
      if (isSeq(ways)) for (const way of ways.items) turn(way, 'then');
    }
  }
}

/** Whether a step is an action, not a wait or a branch. */
export const isAction = ({ kind }: WrittenStep): boolean => isActionType(kind);

/** A key that no step has. */
export const freeKey = (steps: readonly WrittenStep[], word: string): string =>
  freeWord([...steps.map(({ key }) => key), END], word);

/** The word itself, or with the first number that makes it unique. */
export function freeWord(taken: readonly string[], word: string, joint = '-'): string {
  let [free, number] = [word, 1];
  while (taken.includes(free)) free = `${word}${joint}${++number}`;
  return free;
}
