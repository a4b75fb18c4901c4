import { z } from 'zod';
import type { CampaignVersionId, ContactListId } from '#kernel';
import { EndCode } from './end-code.js';
import { idSchema } from './id.js';
import { checkLaunchLists, launchListFields, LaunchListsView } from './launch-lists.contract.js';
import { ClickedLink, StricterLeadRule } from './lead.contract.js';
import { pageOf, PageQuery } from './page.contract.js';
import { PartnershipEnd } from './partner.contract.js';
import { SlotNodes } from './preview.contract.js';
import { Titles } from './titles.contract.js';
import { lineOfText } from './text.contract.js';
import { StepName } from './step-name.contract.js';
import { ARTWORK_TYPES } from './tactic-type.js';

const Instant = z.iso.datetime();

/**
 * The partner's changes to a campaign's steps, where the campaign allows them.
 */
export const PartnerChoices = z.strictObject({
  /** Days by which an action comes later, by the key of its step. */
  shiftDays: z.record(z.string().max(60), z.number().int().min(0).max(90)).default({}),
  /** Keys of the actions that are left out. */
  skip: z.array(z.string().max(60)).max(60).default([]),
  /**
   * Days without e-mail, both ends included; the partner may always set them.
   */
  blackouts: z
    .array(
      z
        .strictObject({ from: z.iso.date(), to: z.iso.date() })
        .refine(({ from, to }) => from <= to, 'This ends before it begins.')
        .refine(
          ({ from, to }) => Date.parse(to) - Date.parse(from) <= 92 * 86_400_000,
          'At most three months at a time.',
        ),
    )
    .max(20)
    .default([]),
  /** Refuses the campaign's hold-out: the share of your contacts that gets nothing gets the campaign, too. */
  withoutHoldOut: z.boolean().optional(),
});
export type PartnerChoices = z.infer<typeof PartnerChoices>;

export const LaunchRequest = z
  .strictObject({
    versionId: idSchema<CampaignVersionId>(),
    ...launchListFields,
    /** Left out: now. */
    startAt: Instant.optional(),
    /**
     * Left out: the language of the partner's country, where the campaign has it.
     */
    locale: z.string().max(20).optional(),
    /**
     * The partner's texts in that language: recipients of another get the
     * vendor's.
     */
    slots: z.record(z.string().max(60), SlotNodes).default({}),
    /** Left out: as the vendor planned it. */
    choices: PartnerChoices.default({ shiftDays: {}, skip: [], blackouts: [] }),
    /**
     * The partner's stricter lead rule, from the first click on.
     * Absent: the vendor's rule.
     */
    leadRule: StricterLeadRule.default({ clicks: null, remindAfterHours: null, escalateAfterHours: null }),
  })
  .superRefine(checkLaunchLists);

/** Without a body, the activation stops in any case. */
export const StopRequest = z
  .strictObject({
    /** Stops only if no message was sent yet, to undo a launch. */
    onlyIfUnsent: z.boolean().default(false),
  })
  .prefault({});

export const ActivationView = z.object({
  id: z.uuid(),
  campaignId: z.uuid(),
  versionId: idSchema<CampaignVersionId>(),
  /** In the language in which it runs. */
  title: z.string(),
  titles: Titles,
  status: z.enum(['active', 'held', 'completed', 'stopped']),
  statusReason: z.string().nullable(),
  /** Whose campaign it is. */
  vendorName: z.string(),
  listId: idSchema<ContactListId>().nullable().describe('of a launch to one list; null: none or several, see `lists`'),
  listName: z.string().describe('names of its lists, separated by commas; empty: it is open to new contacts only'),
  lists: LaunchListsView,
  locale: z.string(),
  startAt: Instant,
  launchedAt: Instant,
  launchedBy: z.string(),
  endedAt: Instant.nullable(),
  pageUrl: z.string(),
  newerVersion: z
    .number()
    .int()
    .nullable()
    .describe('number of the version that can be launched instead; null: none, or the activation is over'),
});
export type ActivationView = z.infer<typeof ActivationView>;
export const Activations = pageOf(ActivationView);
export const ActivationsQuery = PageQuery.extend({
  /** `running` is on its way or held; `over` is completed or stopped. */
  state: z.enum(['running', 'over']).optional(),
});

export const RunningProgressQuery = PageQuery.pick({ limit: true });
/** How far running activations are, newest first. */
export const RunningProgress = z.object({
  items: z.array(
    z.object({
      activationId: z.uuid(),
      contacts: z.number().int(),
      completed: z.number().int().describe('contacts that get nothing more'),
      emails: z.number().int().describe('e-mails of its sequence'),
      sent: z.number().int().describe('e-mails sent'),
      decided: z.number().int().describe('e-mails sent, or left out for a reason'),
      nextAt: Instant.nullable().describe('when the next e-mail goes out; null if none does without an event'),
    }),
  ),
});
export type RunningProgress = z.infer<typeof RunningProgress>;

const VendorAct = z.object({ kind: z.enum(['held', 'stopped']), by: z.string(), reason: z.string() });
/** Why a vendor holds or stops one partner's activation. The partner reads it. */
export const VendorReason = z.strictObject({ reason: lineOfText(500).min(1) });

export const ActivationDetail = ActivationView.extend({
  /** What the vendor has done with this activation alone; null: nothing that holds. */
  vendorAct: VendorAct.extend({ vendor: z.string(), at: Instant }).nullable(),
  /** The end of the partnership with its vendor that is announced or has come; null: none. */
  partnershipEnd: PartnershipEnd.nullable(),
  /**
   * How the vendor ended the campaign: its time is over, or it has a mistake.
   * Its files and post texts are gone then. Null: it has not ended it.
   */
  vendorEnd: z
    .object({
      status: z.enum(['retired', 'recalled']),
      at: Instant,
      reason: z.string().nullable(),
      code: EndCode.nullable().describe(
        'last-day: the last day that the vendor set is over; null: the vendor ended it',
      ),
    })
    .nullable(),
  contacts: z.number().int(),
  /** Contacts that still get something; 0 once it is over. */
  waiting: z.number().int(),
  completed: z.number().int(),
  /** When the next e-mail goes out; null if none does without an event. */
  nextAt: Instant.nullable(),
  /** Time of this answer by the server's clock, for countdowns. */
  asOf: Instant,
  /**
   * Since when its sending is halted, by the operator, or automatically for the
   * partner's mail. Null: not halted. Messages wait and are not lost.
   */
  haltedSince: Instant.nullable(),
  /**
   * Postponements in order: no mail between `from` and `until`.
   * Contacts that waited then wait `days` longer.
   */
  postponements: z.array(z.object({ from: Instant, until: Instant, days: z.number().int() })),
  hasPage: z.boolean().describe('whether there is a landing page at `pageUrl`'),
  /** What the steps are called, in the order of the sequence. */
  names: z.array(StepName),
  steps: z.array(
    z.object({
      stepKey: z.string(),
      sent: z.number().int(),
      pending: z.number().int(),
      skipped: z.number().int(),
      failed: z.number().int(),
      /** Whether they arrived is unknown; they are not repeated. */
      unknown: z.number().int(),
    }),
  ),
  /** How many people missed something, by why. */
  reasons: z.array(z.object({ reason: z.string(), sentence: z.string(), count: z.number().int() })),
  /** Why e-mails that were due wait, and how many: the soonest first. */
  waits: z.array(z.object({ reason: z.string(), sentence: z.string(), count: z.number().int() })),
  clicks: z.array(z.object({ link: ClickedLink, clicks: z.number().int() })),
});
export type ActivationDetail = z.infer<typeof ActivationDetail>;

const Differing = z.array(
  z.object({
    key: z.string(),
    change: z.enum(['new', 'changed', 'gone']),
    /**
     * A subject, a title, or the first line of a post, in the activation's
     * language.
     */
    title: z.string(),
    /** Lines that are gone, and that are new, some dozens at most. */
    words: z.object({ gone: z.array(z.string()), new: z.array(z.string()) }),
  }),
);

/**
 * The newest version that can replace the running one, and the differences;
 * null if none.
 */
/** Parts of a campaign that differ between two versions. */
export const CampaignPartDifferences = {
  emails: Differing,
  pages: Differing,
  documents: Differing,
  social: Differing,
};

export const NewerVersionView = z.object({
  newer: z
    .object({
      versionId: z.uuid(),
      number: z.number().int(),
      /** The number of the one that runs. */
      runs: z.number().int(),
      opensOn: z.string(),
      closesOn: z.string(),
      ...CampaignPartDifferences,
      /** Steps, times, or what ends them. */
      sequence: z.boolean(),
    })
    .nullable(),
});
export type NewerVersionView = z.infer<typeof NewerVersionView>;

const AssetView = z.object({
  id: z.uuid(),
  kind: z.enum(ARTWORK_TYPES),
  key: z.string(),
  locale: z.string(),
  format: z.string(),
  title: z.string(),
  postText: z.string().nullable(),
  mediaType: z.string(),
});
/** Shown on a page, not downloaded: such a view is not counted. */
export const AssetQuery = z.object({ shown: z.literal('1').optional() });
export const Assets = z.object({
  items: z.array(AssetView),
  coming: z.number().int().describe('how many more are still being made'),
});

export const StepRecordView = z.object({
  contactId: z.uuid(),
  activationId: z.uuid(),
  /** Names its receipt; null when the person was not enrolled. */
  messageId: z.uuid().nullable(),
  /** Empty where it is about all that was still to come, and comes no more. */
  stepKey: z.string(),
  outcome: z.enum(['pending', 'sent', 'skipped', 'failed', 'unknown']),
  reason: z.string(),
  sentence: z.string(),
  decidedAt: Instant,
});
export const StepRecords = pageOf(StepRecordView);
export const ContactHistory = z.object({
  items: z.array(
    StepRecordView.extend({
      campaignTitle: z.string(),
      campaignTitles: Titles,
      /** Null where the step is none of the version that ran. */
      name: StepName.nullable(),
    }),
  ),
});

/** Filter of an activation's contacts; absent: all. */
export const PeopleQuery = PageQuery.extend({
  /**
   * `waiting`: more to come.
   * `sent`: got something.
   * `skipped`, `failed`, `unknown`: missed something, or may have.
   * `over`: gets nothing more.
   */
  state: z.enum(['waiting', 'sent', 'skipped', 'failed', 'unknown', 'over']).optional(),
  /** Only who missed something by this reason. */
  reason: z.string().max(60).optional(),
});

/** A contact of an activation: the next step, and the last decision. */
const PersonOfActivation = z.object({
  /** Of the contact; it may have been erased since. */
  id: z.uuid(),
  email: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  /** `not-enrolled`: was on the list, but gets no message. */
  state: z.enum(['waiting', 'over', 'not-enrolled']),
  /**
   * When the contact gets its next e-mail; null if it gets none, or none
   * without an event.
   */
  nextAt: Instant.nullable(),
  /**
   * Why a waiting contact gets no further e-mail, or not the one at `nextAt`;
   * null: it gets one.
   */
  blocked: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  /** Why the enrolment ended before the last step. */
  ended: z.object({ reason: z.string(), sentence: z.string(), at: Instant }).nullable(),
  /** How many steps the person got. */
  got: z.number().int(),
  last: z
    .object({
      stepKey: z.string(),
      outcome: StepRecordView.shape.outcome,
      reason: z.string(),
      sentence: z.string(),
      decidedAt: Instant,
    })
    .nullable(),
});
export type PersonOfActivation = z.infer<typeof PersonOfActivation>;
export const PeopleOfActivation = pageOf(PersonOfActivation);

export const VendorActivationView = z.object({
  id: z.uuid(),
  partnerId: z.uuid(),
  partnerName: z.string(),
  versionNumber: z.number().int(),
  status: z
    .enum(['active', 'held', 'stopped', 'over'])
    .describe('over: its planned day has come. When the contacts have finished is not told'),
  heldReason: z.enum(['by the partner', 'by the vendor', 'recalled', 'sending trouble']).nullable(),
  launchedAt: Instant,
  plannedEndAt: Instant.nullable().describe(
    'the day on which it is over, from the version’s longest path; null: it stays open to new contacts',
  ),
  lastOn: z.iso
    .date()
    .nullable()
    .describe(
      'the last day (UTC) on which it runs: that of the campaign, or the one before `plannedEndAt` if that is earlier; null: no end is set',
    ),
  endedAt: Instant.nullable().describe('only where it was stopped before its planned day'),
  vendorAct: VendorAct.nullable().describe('what your team has done with this one alone'),
});
export type VendorActivationView = z.infer<typeof VendorActivationView>;
export const VendorActivations = pageOf(VendorActivationView);
