import type { OpenSlot, PastUpdate, UpdateOfActivation, UpdatePlan } from '#activations';
import type { CampaignDifference, PartDifference } from '#content';
import type { ActivationUpdateView, VersionUpdatesView } from '#contracts';
import type { Locale } from '#kernel';
import type { PictureRule, SlotNodes } from '#rendering';
import { waitView } from '../campaigns/sequence.view.js';

type Update = NonNullable<ActivationUpdateView['update']>;
type PlanFields = Pick<VersionUpdatesView['plans'][number], 'steps' | 'slots' | 'isReordered'>;
type OpenSlotView = Update['openSlots'][number];
type NodesView = OpenSlotView['vendorText'];

export const planView = ({ steps, slots, isReordered }: UpdatePlan): PlanFields => ({
  steps: steps.map(({ step, title, change, differs }) => ({
    key: step.key,
    kind: step.kind,
    title: { ...title },
    wait: waitView(step),
    change,
    differs: [...differs],
  })),
  slots: slots.map(({ label, ...slot }) => ({ ...slot, label: { ...label } })),
  isReordered,
});

/** What an update changes of an activation, for its partner. */
export const activationUpdateView = ({
  update,
  plan,
  difference,
  open,
  compared,
  locale,
}: UpdateOfActivation): Update => ({
  number: update.versionNumber,
  state: update.state === 'waiting' || update.state === 'refused' ? update.state : 'asks-partner',
  refusal: update.refusal,
  ...planView(plan),
  ...differenceView(difference),
  openSlots: open.map((slot) => openSlotView(slot, locale)),
  compared: compared.map((email) => ({ ...email })),
  locale,
});

/** The newest update of an activation, once it was made or taken back. */
export const pastUpdateView = ({
  difference,
  plan,
  at,
  ...past
}: PastUpdate): NonNullable<ActivationUpdateView['past']> => ({
  ...past,
  at: at.toISOString(),
  steps: planView(plan).steps,
  ...differenceView(difference),
});

const differenceView = ({ sequence, ...parts }: CampaignDifference) => ({
  emails: differing(parts.emails),
  pages: differing(parts.pages),
  documents: differing(parts.documents),
  social: differing(parts.social),
  sequence,
});

const openSlotView = ({ slot, name, value, suggestion, problems, alt }: OpenSlot, locale: Locale): OpenSlotView => ({
  name,
  label: { ...slot.label },
  help: { ...slot.help },
  format: slot.format,
  maxChars: slot.maxChars,
  maxLines: slot.maxLines,
  required: slot.required,
  options: (slot.options ?? []).map((option) => ({ name: option.name, label: { ...option.label } })),
  picture: slot.picture === undefined ? null : pictureView(slot.picture),
  alt:
    alt === null
      ? null
      : {
          name: alt.slot.name,
          maxChars: alt.slot.maxChars,
          value: alt.value === null ? null : nodesView(alt.value),
        },
  value: value === null ? null : nodesView(value),
  suggestion: suggestion === null ? null : nodesView(suggestion),
  vendorText: nodesView(slot.default[locale] ?? { kind: 'paragraphs', blocks: [] }),
  problems: problems.map(({ code, message, remedy, named }) => ({
    code,
    message,
    remedy,
    ...(named === undefined ? {} : { named }),
  })),
});

const pictureView = ({ ratio, minWidth }: PictureRule): OpenSlotView['picture'] => ({
  ratio: ratio === null ? null : [...ratio],
  minWidth,
});

const nodesView = ({ kind, blocks }: SlotNodes): NodesView => ({
  kind,
  blocks: blocks.map((runs) => runs.map((run) => ({ ...run }))),
});

const differing = (parts: readonly PartDifference[]): Update['emails'] =>
  parts.map(({ words, ...part }) => ({ ...part, words: { gone: [...words.gone], new: [...words.new] } }));
