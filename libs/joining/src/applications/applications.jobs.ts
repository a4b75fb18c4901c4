import { z } from 'zod';
import { idSchema } from '#contracts';
import { defineJob } from '#jobs';
import type { VendorId } from '#kernel';
import type { ApplicationId } from './application.js';

/** The address of an application is proved: the rules of the form decide, or the vendor's owners are told. */
export const APPLICATION_RECEIVED = defineJob({
  name: 'joining.apply-rules',
  queue: 'scheduling',
  data: z.object({ applicationId: idSchema<ApplicationId>(), vendorId: idSchema<VendorId>() }),
  result: z.void(),
  attempts: 20,
});
