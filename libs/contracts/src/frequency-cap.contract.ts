import { z } from 'zod';

/** How often an organisation wants an address to be written to in any seven days. */
export const SaveFrequencyCap = z.strictObject({
  cap: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe('messages in any seven days; null: as the installation has it'),
});

export const FrequencyCapView = z.object({
  cap: z.number().int().nullable().describe('null: as the installation has it'),
  most: z.number().int().describe('what the installation allows'),
});
export type FrequencyCapView = z.infer<typeof FrequencyCapView>;
