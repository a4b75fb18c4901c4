import { z } from 'zod';
import type { PartnerGroupId } from '#kernel';
import { idSchema } from './id.js';

const Percent = z.number().min(0.01).max(100).multipleOf(0.01);

/** Conditions on rates, in percent of e-mails. Absent: none. */
const RateLimits = z.strictObject({
  bounced: Percent.optional(),
  complained: Percent.optional(),
  unsubscribed: Percent.optional(),
});

/** One wave of a published version. Its partners: groups, a share of all partners, or all. */
export const PlanWave = z.strictObject({
  opensOn: z.iso.date().describe('UTC'),
  partnerGroupIds: z.array(idSchema<PartnerGroupId>()).max(100).default([]),
  sharePercent: z
    .number()
    .int()
    .min(1)
    .max(99)
    .optional()
    .describe('of all partners; a larger share has all of a smaller one'),
  allPartners: z.boolean().default(false),
  mostStoppedPartners: z
    .number()
    .int()
    .min(0)
    .max(5000)
    .optional()
    .describe(
      'the wave stays shut if more partners that can launch the version are stopped for bounces or complaints; absent: no condition',
    ),
  mostPercent: RateLimits.default({}).describe(
    'the wave stays shut unless the released results of the campaign show that each rate is certainly no higher; too few e-mails show nothing',
  ),
});
export type PlanWave = z.input<typeof PlanWave>;

const WaveView = z.object({
  id: z.uuid(),
  opensOn: z.iso.date(),
  partnerGroupIds: z.array(z.uuid()),
  sharePercent: z.number().int().nullable(),
  allPartners: z.boolean(),
  mostStoppedPartners: z.number().int().nullable(),
  mostPercent: z.object({
    bounced: z.number().nullable(),
    complained: z.number().nullable(),
    unsubscribed: z.number().nullable(),
  }),
  plannedBy: z.string(),
  firstDay: z.iso
    .date()
    .nullable()
    .describe(
      'when it can open at the earliest: later than planned if the one before opened late; null: it has opened',
    ),
  state: z.enum(['planned', 'paused', 'opened', 'shut']).describe('shut: it was not opened on its day'),
  openedAt: z.iso.datetime().nullable(),
  shutAt: z.iso.datetime().nullable(),
  stoppedPartners: z
    .number()
    .int()
    .nullable()
    .describe('how many were stopped when it was to open; null: it is not shut for its condition'),
  shutRate: z
    .object({
      rate: z.enum(['bounced', 'complained', 'unsubscribed']),
      most: z.number().describe('the condition, in percent'),
      atMost: z.number().nullable().describe('the rate may be so high, in percent; null: too few e-mails to tell'),
      sent: z.number().int().describe('e-mails in released results, about'),
    })
    .nullable()
    .describe('the condition on a rate that was not met; null: it is not shut for one'),
  shutCode: z.string().nullable().describe('the error that opening it met; null: none'),
});
export type WaveView = z.infer<typeof WaveView>;
/** In the order in which they open. */
export const WavesView = z.object({ items: z.array(WaveView) });
export type WavesView = z.infer<typeof WavesView>;
export const PauseWaves = z.strictObject({ isPaused: z.boolean() });
/** What is absent stays. */
export const ChangeWave = z.strictObject({
  opensOn: z.iso.date().optional().describe('UTC; of a wave that has not opened'),
  sharePercent: z.number().int().min(1).max(99).optional().describe('of one that has opened: a larger one'),
});
export type ChangeWave = z.infer<typeof ChangeWave>;
