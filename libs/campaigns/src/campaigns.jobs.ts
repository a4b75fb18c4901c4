import { z } from 'zod';
import { defineJob } from '#jobs';

/** A campaign was retired or recalled: whoever runs it stops. Asked for in the transaction that ended it. */
export const CAMPAIGN_RETIRED = defineJob({
  name: 'campaigns.stop-retired',
  queue: 'scheduling',
  data: z.object({ campaignId: z.uuid(), versionIds: z.array(z.uuid()).min(1) }),
  result: z.void(),
  attempts: 20,
});
