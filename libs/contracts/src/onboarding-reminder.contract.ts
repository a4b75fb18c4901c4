import { z } from 'zod';
import { pageOf, PageQuery } from './page.contract.js';

const settings = {
  isOn: z.boolean(),
  firstAfterDays: z.number().int().min(1).max(90).describe('days after a partner joined'),
  againAfterDays: z.number().int().min(7).max(90).describe('days after the last reminder'),
  holdOutPercent: z
    .number()
    .int()
    .min(0)
    .max(50)
    .describe('of the partners that become due: so many get no reminders, so that their effect can be measured'),
  dailyLimit: z.number().int().min(1).max(1000).describe('partners that are reminded in 24 hours at most'),
};
export const SaveOnboardingReminders = z.strictObject(settings);
export type OnboardingReminderSettings = z.infer<typeof SaveOnboardingReminders>;

/** Steps of a partner's checklist that its vendor may know of. Contacts are the partner's own. */
export const MEASURED_STEPS = ['launch', 'brand', 'sender', 'terms'] as const;
export type MeasuredStep = (typeof MEASURED_STEPS)[number];

const Group = z.object({
  partners: z.number().int().describe('partners to which the step was open when they became due'),
  done: z.number().int().describe('those of them that have done it within 28 days'),
});
const StepEffect = z.object({
  step: z.enum(MEASURED_STEPS),
  reminded: Group,
  heldOut: Group,
  difference: z
    .object({ estimate: z.number(), from: z.number(), to: z.number() })
    .nullable()
    .describe(
      'share of done among the reminded minus that among the held out, with its 95 % interval; null: a group is empty',
    ),
});
export type OnboardingStepEffect = z.infer<typeof StepEffect>;

export const OnboardingRemindersView = z.object({
  ...settings,
  version: z.string(),
  measuredSince: z.iso
    .datetime()
    .nullable()
    .describe('partners that became due before are not compared; null: never saved'),
  effect: z.array(StepEffect),
});
export type OnboardingRemindersView = z.infer<typeof OnboardingRemindersView>;

/** Whether a partner may get another reminder, or why it gets none. */
const ReminderState = z.enum(['waiting', 'held-out', 'launched', 'ignored', 'enough', 'refused', 'hidden', 'ended']);
export type OnboardingReminderState = z.infer<typeof ReminderState>;
export type OnboardingStopReason = Exclude<OnboardingReminderState, 'waiting'>;

export const OnboardingReminderPartnersQuery = PageQuery.extend({
  state: ReminderState.optional().describe('absent: all partners that became due'),
});
const OnboardingReminderPartner = z.object({
  partnerId: z.uuid(),
  name: z.string(),
  dueAt: z.iso.datetime().describe('when it had launched nothing for as long as you set'),
  state: ReminderState.describe('waiting: it may get another one; else why it gets none'),
  sent: z.number().int(),
  lastSentAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime().nullable().describe('of the next reminder at the earliest'),
});
export type OnboardingReminderPartner = z.infer<typeof OnboardingReminderPartner>;
export const OnboardingReminderPartners = pageOf(OnboardingReminderPartner);
