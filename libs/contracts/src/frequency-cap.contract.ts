import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { MAX_CAP_DAYS } from './limits.js';

/** How many e-mails an organisation allows per address in a number of days. */
export const SaveFrequencyCap = z.strictObject({
  cap: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe(
      'messages in any so many days; null: as the installation has it. A vendor’s holds for each partner separately, from eight days after the change on',
    ),
  days: z.number().int().min(1).max(MAX_CAP_DAYS).default(7).describe('of 24 hours'),
});

export const FrequencyCapView = z.object({
  version: EditVersion,
  cap: z.number().int().nullable().describe('null: as the installation has it'),
  days: z.number().int().describe('in any so many days of 24 hours'),
  next: z
    .object({
      cap: z.number().int().nullable().describe('null: as the installation has it'),
      days: z.number().int(),
      from: z.iso.datetime(),
    })
    .nullable()
    .describe('a change that is not in force yet'),
  most: z.number().int().describe('what the installation allows, besides'),
  mostDays: z.number().int().describe('in any so many days'),
});
export type FrequencyCapView = z.infer<typeof FrequencyCapView>;
