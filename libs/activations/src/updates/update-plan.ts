import { type CampaignSlot, type CompiledCampaign, differenceBetween, programTexts } from '#content';
import { isInOrder, namedBy, type SequenceStep } from '#sequencing';

type PlannedChange = 'unchanged' | 'changed' | 'new' | 'removed';

/** What is sent or posted; how long a wait is; when and to whom. */
type StepPart = 'content' | 'time' | 'settings';

/** A step in one of two versions or in both, matched by its key. */
interface StepChange {
  /** Of the newer version, or else of the earlier one. */
  readonly step: SequenceStep;
  /** By language: the subject of its e-mail, or its post; empty for other steps. */
  readonly title: Readonly<Record<string, string>>;
  readonly change: PlannedChange;
  /** What of a changed step differs. */
  readonly differs: readonly StepPart[];
}

/** A slot in one of two versions or in both, matched by its name. */
interface SlotChange {
  readonly name: string;
  readonly label: CampaignSlot['label'];
  readonly required: boolean;
  /** Of the newer version, or else of the earlier one. */
  readonly maxChars: number;
  /** Of the earlier version; null: the slot is new. */
  readonly formerMaxChars: number | null;
  readonly change: PlannedChange;
}

/** What a version changes of one that partners run. */
export interface UpdatePlan {
  readonly steps: readonly StepChange[];
  readonly slots: readonly SlotChange[];
  /** Steps of both come in another order. */
  readonly isReordered: boolean;
}

/** Compares two versions by the ids of their steps and slots, never by texts. */
export function updatePlan(before: CompiledCampaign, after: CompiledCampaign): UpdatePlan {
  const [earlier, sequence] = [before.definition.sequence, after.definition.sequence];
  const difference = differenceBetween(before, after);
  const changedContents = new Set(
    (['emails', 'social'] as const).flatMap((kind) =>
      difference[kind].filter(({ change }) => change === 'changed').map(({ key }) => `${kind} ${key}`),
    ),
  );
  const contentOf = (step: SequenceStep): string =>
    `${step.kind === 'post' ? 'social' : 'emails'} ${namedBy(step) ?? ''}`;
  const differing = (was: SequenceStep, is: SequenceStep): StepPart[] => [
    ...(changedContents.has(contentOf(is)) ? (['content'] as const) : []),
    ...(JSON.stringify(was) === JSON.stringify(is) ? [] : [isWait(is) ? ('time' as const) : ('settings' as const)]),
  ];
  const steps = compare(
    earlier.steps,
    sequence.steps,
    ({ key }) => key,
    (was, is) => differing(was, is).length === 0,
  ).map(({ one: step, was, change }) => ({
    step,
    title: titleOf(step, change === 'removed' ? before : after),
    change,
    differs: was === undefined ? [] : differing(was, step),
  }));
  const slots = compare(
    before.slots,
    after.slots,
    ({ name }) => name,
    (was, is) => ruleOf(was) === ruleOf(is),
  ).map(({ one: { name, label, required, maxChars }, was, change }) => ({
    name,
    label,
    required,
    maxChars,
    formerMaxChars: was?.maxChars ?? null,
    change,
  }));
  return { steps, slots, isReordered: !isInOrder({ earlier, sequence }) };
}

const isWait = ({ kind }: SequenceStep): boolean => kind === 'wait' || kind === 'until';

function titleOf(step: SequenceStep, { emails, social }: CompiledCampaign): StepChange['title'] {
  const named = namedBy(step);
  if (step.kind === 'email') return programTexts(emails.find(({ key }) => key === named)?.masters ?? {}, 'subject');
  return step.kind === 'post' ? (social.find(({ key }) => key === named)?.text ?? {}) : {};
}

/** All that decides whether a value fits, the vendor's own text, and what partners read about the slot. */
const ruleOf = ({
  format,
  links,
  maxChars,
  maxLines,
  required,
  options = [],
  picture,
  ...slot
}: CampaignSlot): string =>
  JSON.stringify([format, links, maxChars, maxLines, required, options, picture, slot.default, slot.label, slot.help]);

/** Those of the newer version in its order, then those that are gone. */
function compare<One>(
  before: readonly One[],
  after: readonly One[],
  idOf: (one: One) => string,
  isSame: (was: One, is: One) => boolean,
): { readonly one: One; readonly was: One | undefined; readonly change: PlannedChange }[] {
  const old = new Map(before.map((one) => [idOf(one), one]));
  const ids = new Set(after.map(idOf));
  return [
    ...after.map((one) => {
      const was = old.get(idOf(one));
      const change: PlannedChange = was === undefined ? 'new' : isSame(was, one) ? 'unchanged' : 'changed';
      return { one, was, change };
    }),
    ...before.filter((one) => !ids.has(idOf(one))).map((one) => ({ one, was: one, change: 'removed' as const })),
  ];
}
