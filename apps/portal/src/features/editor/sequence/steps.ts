import { type Document, isMap, isSeq, LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

const ACTIONS = ['email', 'post', 'notify', 'createLead', 'webhook'] as const;
export const STEP_KINDS = [...ACTIONS, 'wait', 'until', 'branch'] as const;
export type StepKind = (typeof STEP_KINDS)[number];
/** Where a way ends. */
export const END = 'end';

/** How long, as `campaign.yaml` says it: days and hours, business days, until a date, or until a time on some weekdays. */
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

/** What has to hold, and where it leads; `then` left out leads to the step that follows. */
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

/** A step as it is written; its kind is the one field of `STEP_KINDS` that it has. */
export interface WrittenStep {
  readonly key: string;
  readonly kind: StepKind;
  readonly email?: string;
  readonly post?: string;
  readonly notify?: string;
  readonly webhook?: string;
  readonly wait?: WrittenWait;
  readonly until?: readonly WrittenBranch[];
  readonly branch?: readonly WrittenBranch[];
  readonly within?: WrittenWait;
  readonly next?: string;
  readonly else?: string;
  /** Of an action: the days on which it may happen, and what partners may change of it. */
  readonly valid?: { readonly from?: string; readonly to?: string };
  readonly partnerMay?: readonly string[];
  /** Lines of the file on which it stands, both counted from 1. */
  readonly lines: readonly [number, number];
}

/** Fields of a step with what they become; null takes one away. */
export type StepChange = Readonly<Record<string, unknown>>;

/** The steps of a sequence; null where the file has none that can be drawn. */
export function readSteps(text: string): WrittenStep[] | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const seq = document.errors.length === 0 ? document.getIn(['sequence', 'steps'], true) : undefined;
  if (!isSeq(seq)) return null;
  const steps: WrittenStep[] = [];
  for (const item of seq.items) {
    if (!isMap(item)) return null;
    const written = item.toJS(document) as Record<string, unknown>;
    const kind = STEP_KINDS.find((one) => one in written);
    const [from = 0, to = 0] = item.range ?? [];
    if (kind === undefined || typeof written['key'] !== 'string') return null;
    const place = [lines.linePos(from).line, lines.linePos(Math.max(from, to - 1)).line] as const;
    steps.push({ ...written, key: written['key'], kind, lines: place });
  }
  return steps;
}

/** Where a step leads to by itself: its own word, the step that follows, or the end. */
export function nextOf(steps: readonly WrittenStep[], at: number): string {
  const step = steps[at];
  return step?.next ?? step?.else ?? steps[at + 1]?.key ?? END;
}

/** The ways of an until or a branch. */
export const branchesOf = ({ until, branch }: WrittenStep): readonly WrittenBranch[] => until ?? branch ?? [];

/** Whether ways lead out of a step under conditions. */
export const hasBranches = ({ kind }: WrittenStep): boolean => kind === 'until' || kind === 'branch';

const seqOf = (document: Document): YAMLSeq => document.getIn(['sequence', 'steps'], true) as YAMLSeq;
const keyOf = (step: unknown): string => String((step as YAMLMap).get('key'));

/** Changes fields of a step; a new key is followed by whatever leads to the step. */
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

/** Puts a step after another; -1 puts it first. */
export function addStep(document: Document, after: number, step: Readonly<Record<string, unknown>>): void {
  seqOf(document).items.splice(after + 1, 0, document.createNode(step, { flow: true }));
}

/** Takes a step away; what led to it leads to where it led. */
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
 * Leads a step to another one, or to the end.
 * @param way counts the conditions of its step; null is what happens by itself, and one more than there are is a new one.
 */
export function connectStep(document: Document, at: number, way: number | null, to: string): void {
  const { items } = seqOf(document);
  const step = items[at] as YAMLMap;
  const kind = step.has('until') ? 'until' : step.has('branch') ? 'branch' : null;
  const ways = kind === null ? undefined : step.get(kind);
  const following = items[at + 1];
  // What leads to the step that follows says nothing, so that it goes on to do so when steps change places.
  const said = to === (following === undefined ? END : keyOf(following)) ? null : to;
  if (way === null || !isSeq(ways)) say(step, kind === null ? 'next' : 'else', said);
  else if (way < ways.items.length) say(ways.items[way] as YAMLMap, 'then', said);
  else ways.add(document.createNode({ click: 'any', ...(said === null ? {} : { then: said }) }, { flow: true }));
}

function say(map: YAMLMap, field: string, value: string | null): void {
  if (value === null) map.delete(field);
  else map.set(field, value);
}

/** Puts a step elsewhere in the list. */
export function moveStep(document: Document, from: number, to: number): void {
  const { items } = seqOf(document);
  items.splice(to, 0, ...items.splice(from, 1));
}

/** Leads every way to another step. */
function lead(document: Document, from: string, to: string): void {
  const turn = (map: unknown, field: string): void => {
    if (isMap(map) && map.get(field) === from) map.set(field, to);
  };
  for (const step of seqOf(document).items) {
    turn(step, 'next');
    turn(step, 'else');
    for (const field of ['until', 'branch']) {
      const ways = isMap(step) ? step.get(field) : undefined;
      if (isSeq(ways)) for (const way of ways.items) turn(way, 'then');
    }
  }
}

/** Whether a step does something, rather than wait or choose. */
export const isAction = ({ kind }: WrittenStep): boolean => (ACTIONS as readonly string[]).includes(kind);

/** A key that no step has. */
export const freeKey = (steps: readonly WrittenStep[], word: string): string =>
  freeWord([...steps.map(({ key }) => key), END], word);

/** The word itself, or with the first number that makes it free. */
export function freeWord(taken: readonly string[], word: string): string {
  let [free, number] = [word, 1];
  while (taken.includes(free)) free = `${word}-${++number}`;
  return free;
}
