import { z } from 'zod';
import type { PartnerGroupId } from '#kernel';
import { idSchema } from './id.js';

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
});
export type PlanWave = z.input<typeof PlanWave>;

const WaveView = z.object({
  id: z.uuid(),
  opensOn: z.iso.date(),
  partnerGroupIds: z.array(z.uuid()),
  sharePercent: z.number().int().nullable(),
  allPartners: z.boolean(),
  mostStoppedPartners: z.number().int().nullable(),
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
  shutCode: z.string().nullable().describe('the error that opening it met; null: none'),
});
export type WaveView = z.infer<typeof WaveView>;
/** In the order in which they open. */
export const WavesView = z.object({ items: z.array(WaveView) });
export type WavesView = z.infer<typeof WavesView>;
export const PauseWaves = z.strictObject({ isPaused: z.boolean() });
