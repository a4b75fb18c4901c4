import { z } from 'zod';
import { defineJob } from '#jobs';

/** Writes the file of an organisation's export. */
export const EXPORT_ORGANISATION = defineJob({
  name: 'privacy.export-organisation',
  queue: 'forecasts',
  data: z.object({ exportId: z.uuid(), side: z.enum(['vendor', 'partner']), organisationId: z.uuid() }),
  result: z.void(),
  attempts: 3,
  leaseMs: 6 * 3_600_000,
});

/** Announces, takes back or carries out the deletion of an organisation, as its row says. */
export const DELETE_ORGANISATION = defineJob({
  name: 'privacy.delete-organisation',
  queue: 'forecasts',
  data: z.object({ deletionId: z.uuid() }),
  result: z.void(),
  attempts: 20,
  leaseMs: 6 * 3_600_000,
});
