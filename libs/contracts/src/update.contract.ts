import { z } from 'zod';
import { CampaignPartDifferences } from './activation.contract.js';
import { SlotNodes } from './preview.contract.js';
import { Named } from './problem.contract.js';
import { Wait } from './sequence.contract.js';
import { STEP_TYPE_NAMES } from './step-type.js';
import { lineOfText } from './text.contract.js';

const Change = z.enum(['unchanged', 'changed', 'new', 'removed']);
const Label = z.record(z.string(), z.string()).describe('by language, BCP 47');

const PlanFields = {
  steps: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(STEP_TYPE_NAMES),
      title: Label.describe('the subject of its e-mail, or its post; empty for other steps'),
      wait: Wait.nullable().describe('how long it waits; null: it does not'),
      change: Change,
      differs: z
        .array(z.enum(['content', 'time', 'settings']))
        .describe('of a changed step: what is sent or posted, how long it waits, when and to whom'),
    }),
  ),
  slots: z.array(
    z.object({
      name: z.string(),
      label: Label,
      required: z.boolean(),
      maxChars: z.number().int(),
      formerMaxChars: z.number().int().nullable().describe('in the earlier version; null: the slot is new'),
      change: Change,
    }),
  ),
  isReordered: z.boolean().describe('steps of both versions come in another order'),
};

/** What becomes of running activations of earlier versions. */
export const DecideUpdate = z.strictObject({
  choice: z
    .enum(['take-over', 'finish', 'stop'])
    .describe('take-over: they go on with this version; finish: they end as they are; stop: nothing more is sent'),
  shares: z
    .array(z.number().int().min(1).max(100))
    .min(1)
    .max(6)
    .default([100])
    .describe('shares of the partners in percent, one after the other, rising to 100'),
  daysBetween: z.number().int().min(0).max(30).default(1).describe('days from one share to the next'),
  mostStoppedPartners: z
    .number()
    .int()
    .min(0)
    .max(5000)
    .optional()
    .describe(
      'the next share does not begin if more updated partners are stopped for bounces or complaints; absent: no rule',
    ),
  mostUnsubscribedPercent: z
    .number()
    .min(0.1)
    .max(50)
    .multipleOf(0.1)
    .optional()
    .describe(
      'the next share does not begin if surely more of the contacts that updated campaigns wrote to have unsubscribed; absent: no rule',
    ),
  reason: lineOfText(500).min(1).optional().describe('partners read it; needed to stop'),
});
export type DecideUpdate = z.input<typeof DecideUpdate>;

const Count = z.number().int();
const UpdateView = z.object({
  id: z.uuid(),
  choice: z.enum(['take-over', 'finish', 'stop']),
  shares: z.array(Count),
  daysBetween: Count,
  mostStoppedPartners: Count.nullable(),
  mostUnsubscribedPercent: z.number().nullable(),
  begun: Count.describe('how many shares have begun'),
  partners: z.object({
    concerned: Count,
    begun: Count.describe('those whose share has begun'),
  }),
  heldAt: z.iso.datetime().nullable().describe('since when the rule holds the next share; null: it does not'),
  heldFor: z.enum(['stopped-partners', 'unsubscribes']).nullable().describe('which rule holds it'),
  stoppedPartners: Count.nullable().describe('how many were stopped then'),
  decidedBy: z.string(),
  decidedAt: z.iso.datetime(),
  rolledBackBy: z.string().nullable(),
  rolledBackAt: z.iso.datetime().nullable(),
  states: z
    .object({
      waiting: Count,
      asksPartner: Count,
      refused: Count,
      done: Count,
      over: Count,
      returns: Count,
      rolledBack: Count,
    })
    .describe('running campaigns by state; asksPartner: texts of the partner do not fit, so it keeps its version'),
});
export type VersionUpdateView = z.infer<typeof UpdateView>;

/** What a version changes of the earlier ones that partners run, and what was decided. */
export const VersionUpdatesView = z.object({
  plans: z.array(
    z.object({
      number: Count.describe('of the earlier version'),
      partners: Count,
      activations: Count,
      ...PlanFields,
    }),
  ),
  updates: z.array(UpdateView).describe('newest first'),
  contacts: z
    .object({
      newest: z
        .object({
          requestedAt: z.iso.datetime(),
          readyAt: z.iso.datetime(),
          isReady: z.boolean(),
          contacts: Count.nullable().describe('with noise; null: not ready, or fewer than `smallest`'),
        })
        .nullable(),
      margin: Count.describe('95 of 100 estimates are closer than that to the exact number'),
      smallest: Count,
      obstacle: z
        .enum(['recent', 'too-few-partners', 'spent', 'waiting'])
        .nullable()
        .describe('why no estimate can be requested; null: one can'),
      left: Count,
      perYear: Count,
    })
    .describe('about how many contacts of running campaigns have not finished'),
});
export type VersionUpdatesView = z.infer<typeof VersionUpdatesView>;

const OpenSlotView = z.object({
  name: z.string(),
  label: Label,
  help: Label,
  format: z.enum(['plain', 'inline', 'list', 'choice', 'link', 'picture', 'alt']),
  maxChars: Count,
  maxLines: Count,
  required: z.boolean(),
  options: z.array(z.object({ name: z.string(), label: Label })),
  picture: z
    .object({ ratio: z.tuple([z.number(), z.number()]).nullable(), minWidth: Count })
    .nullable()
    .describe('what the place of a picture needs'),
  alt: z
    .object({ name: z.string(), maxChars: Count, value: SlotNodes.nullable() })
    .nullable()
    .describe('the slot for what a picture shows in words'),
  value: SlotNodes.nullable().describe('of the partner in the version that runs; null: the slot is new'),
  suggestion: SlotNodes.nullable().describe('made of the value; null: there is none'),
  vendorText: SlotNodes,
  problems: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string(), named: Named.optional() })),
});

/** What an update changes of one activation. */
export const ActivationUpdateView = z.object({
  update: z
    .object({
      number: Count.describe('of the newer version'),
      state: z.enum(['waiting', 'asks-partner', 'refused']),
      refusal: z.enum(['language-gone', 'brand-incomplete', 'version-ended', 'not-possible']).nullable(),
      ...PlanFields,
      ...CampaignPartDifferences,
      sequence: z.boolean().describe('steps, times, goals or exits differ'),
      openSlots: z.array(OpenSlotView),
      compared: z
        .array(z.object({ key: z.string(), title: z.string() }))
        .describe('e-mails to compare: those that differ, and those that have an open slot'),
      locale: z.string(),
    })
    .nullable(),
  past: z
    .object({
      state: z.enum(['done', 'rolled-back']),
      number: Count.describe('of the version that runs since'),
      at: z.iso.datetime(),
      steps: PlanFields.steps,
      ...CampaignPartDifferences,
      sequence: z.boolean().describe('steps, times, goals or exits differ'),
      locale: z.string(),
    })
    .nullable()
    .describe('the newest update, if it was made or taken back, and what that changed; null: neither'),
});
export type ActivationUpdateView = z.infer<typeof ActivationUpdateView>;

const Answers = z.record(z.string().max(60), SlotNodes);
export const AnswerUpdate = z.strictObject({ answers: Answers });
export type AnswerUpdate = z.infer<typeof AnswerUpdate>;

const Shown = z.object({ subject: z.string(), html: z.string() });
/** An e-mail before and after the update. */
export const UpdatePreview = z.object({
  before: Shown.nullable().describe('null: it was not sent, or is recalled'),
  after: Shown.nullable().describe('null: it is not sent any more, or is recalled'),
});
export type UpdatePreview = z.infer<typeof UpdatePreview>;
