import { z } from 'zod';
import { Titles } from './titles.contract.js';
import type { ActivationId } from '#kernel';
import { idSchema } from './id.js';

/** A contact answered outside this product, for example by phone. */
export const NewAnswer = z.strictObject({
  activationId: idSchema<ActivationId>()
    .optional()
    .describe('the campaign that it answered; left out: the one that wrote to it last'),
});

/** What the partner's campaigns do with a contact. */
export const ContactCampaigns = z.object({
  exclusion: z
    .object({
      reason: z.enum(['answered', 'became-lead', 'deal-won', 'taken-out']),
      sentence: z.string(),
      at: z.iso.datetime(),
      by: z.string().nullable().describe('the user who said it; null: a reply or a lead was received'),
      endsAt: z.iso
        .datetime()
        .nullable()
        .describe('launches after it reach the contact again; null: until you lift it'),
    })
    .nullable()
    .describe('why your campaigns leave this contact alone; null: they do not'),
  running: z
    .array(z.object({ activationId: z.uuid(), title: z.string(), titles: Titles }))
    .describe('where it waits for something'),
  lostReply: z
    .object({ at: z.iso.datetime(), why: z.string() })
    .nullable()
    .describe('the last reply that could not be forwarded to you'),
  repliesTo: z.enum(['here', 'mailbox']).describe('mailbox: replies do not come here, so mark them by hand'),
});
export type ContactCampaigns = z.infer<typeof ContactCampaigns>;
