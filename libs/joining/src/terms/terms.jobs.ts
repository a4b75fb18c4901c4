import { z } from 'zod';
import { idSchema } from '#contracts';
import { defineJob } from '#jobs';
import type { VendorId } from '#kernel';

/** Tell the partners of a vendor of a new version of its programme terms. */
export const TERMS_PUBLISHED = defineJob({
  name: 'joining.tell-of-terms',
  queue: 'scheduling',
  data: z.object({ vendorId: idSchema<VendorId>(), number: z.int() }),
  result: z.void(),
  attempts: 20,
});
