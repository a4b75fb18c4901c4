import { z } from 'zod';
import { defineJob } from '#jobs';

/**
 * Makes a copy of a shared file in a partner's brand. The job returns a
 * temporary file.
 */
export const COBRAND_LIBRARY_FILE = defineJob({
  name: 'assets.cobrand-file',
  queue: 'rendering',
  data: z.object({ assetId: z.uuid(), partnerId: z.uuid(), locale: z.string().max(20) }),
  result: z.object({ file: z.uuid() }),
});
