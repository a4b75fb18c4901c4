import { z } from 'zod';
import type { ContactId } from '#kernel';
import { idSchema } from './id.js';
import { launchListQuery } from './launch-lists.contract.js';

/** `after`: the `nextAfter` of the batch before; absent: from the start. */
export const AudienceQuery = z
  .object({
    ...launchListQuery,
    after: idSchema<ContactId>().optional(),
    /** As in the choices of a launch. */
    withoutHoldOut: z.enum(['true', 'false']).optional(),
  })
  .refine(
    ({ listId, include }) => (listId === undefined) !== (include === undefined),
    'Name a contact list in listId, or several in include, separated by commas.',
  );
/**
 * One batch of 5,000 contacts of the lists. Follow `nextAfter` until it is null.
 * `total` is the whole lists: recipients, skipped contacts, contacts not checked
 * yet. It comes with the first batch of several lists. The sums of all batches are exact, but for the contact
 * policy: some of those who "will get" it, fewer than 20 in a batch, may not get it.
 */
export const AudienceView = z.object({
  total: z
    .number()
    .int()
    .nullable()
    .describe('contacts on the lists, each once; null in batches of several lists after the first'),
  willGet: z
    .number()
    .int()
    .describe('at most: the contact policy may leave out some of them, fewer than 20 in a batch'),
  skipped: z.array(z.object({ reason: z.string(), sentence: z.string(), count: z.number().int() })),
  inOtherCampaign: z
    .number()
    .int()
    .describe('of those who will get it: how many wait in another running campaign of yours'),
  otherLanguage: z
    .number()
    .int()
    .describe('of those who will get it: how many have a known language that the campaign does not have'),
  nextAfter: z.uuid().nullable(),
});
