import { z } from 'zod';
import { defineJob } from '#jobs';
import { type ContactImportId, isId, type PartnerId } from '#kernel';

const importId = z.custom<ContactImportId>(isId);
const partnerId = z.custom<PartnerId>(isId);

/**
 * Imports an uploaded list into the partner's contacts.
 * Safe to run twice: it continues after the last chunk written.
 */
export const IMPORT_CONTACTS = defineJob({
  name: 'contacts.import-contacts',
  queue: 'imports',
  data: z.object({ importId, partnerId }),
  result: z.void(),
  leaseMs: 30 * 60_000,
});

/** What other parties know has refused messages of a partner. */
export const POLICY_REFUSED = defineJob({
  name: 'contacts.policy-refused',
  queue: 'scheduling',
  data: z.object({ partnerId }),
  result: z.void(),
});
