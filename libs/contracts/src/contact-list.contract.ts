import { z } from 'zod';
import type { ContactListId } from '#kernel';
import { idSchema } from './id.js';
import { SegmentRule } from './segment.contract.js';
import { lineOfText } from './text.contract.js';

const name = lineOfText(200).min(1);

export const NewContactList = z
  .strictObject({
    name,
    rule: SegmentRule.optional().describe(
      'makes a segment: a list whose contacts follow from the rule and change with it',
    ),
    isDefault: z.boolean().optional(),
    allContacts: z
      .boolean()
      .optional()
      .describe('true: with all of your contacts; an existing list of this name gets those that it lacks'),
  })
  .refine(({ rule, allContacts }) => rule === undefined || allContacts !== true, {
    message: 'A segment has the contacts of its rule. Send rule or allContacts.',
    path: ['rule'],
  });
/** A list stops being the default when another one becomes it. */
export const ContactListChange = z.strictObject({
  name: name.optional(),
  isDefault: z.literal(true).optional(),
  rule: SegmentRule.optional().describe('of a segment'),
});

export const ContactListRemoval = z.object({
  default: idSchema<ContactListId>()
    .optional()
    .describe('where the default list is deleted: the list that becomes it; left out: the one with the most contacts'),
});

export const ContactList = z.object({
  id: z.uuid(),
  name: z.string(),
  isDefault: z.boolean(),
  size: z.number().int().describe('contacts in it'),
  rule: SegmentRule.nullable().describe('of a segment; null: its contacts are chosen by hand'),
  createdAt: z.iso.datetime(),
});
export type ContactList = z.infer<typeof ContactList>;
export const ContactLists = z.object({ items: z.array(ContactList), nextCursor: z.null() });
