import { z } from 'zod';
import type { CampaignId } from '#kernel';
import { CONTACT_TEXT_FIELDS } from './contact-field.js';
import { idSchema } from './id.js';
import { lineOfText } from './text.contract.js';

const not = z.boolean().default(false).describe('true: contacts for whom this does not hold');
const withinDays = z
  .number()
  .int()
  .min(1)
  .max(1825)
  .nullable()
  .default(null)
  .describe('only in so many days before now; null: at any time');
const campaignId = idSchema<CampaignId>().nullable().default(null).describe('only in this campaign; null: in any');
const field = z.enum(CONTACT_TEXT_FIELDS, {
  error: `A rule compares one of ${CONTACT_TEXT_FIELDS.join(', ')}.`,
});
const values = z.array(lineOfText(200).min(1)).min(1).max(100);

export const SegmentCondition = z.discriminatedUnion(
  'on',
  [
    z.strictObject({
      on: z.literal('field'),
      field,
      is: values.describe('one of these values, in upper or lower case'),
      not,
    }),
    z.strictObject({
      on: z.literal('field-contains'),
      field,
      text: lineOfText(200).min(1).describe('in upper or lower case'),
      not,
    }),
    z.strictObject({ on: z.literal('field-known'), field, not }),
    z.strictObject({
      on: z.literal('consent'),
      states: z
        .array(z.enum(['unknown', 'pending', 'expired', 'recorded']))
        .min(1)
        .max(4)
        .describe('unknown: no basis; pending: asked, not confirmed; expired: it has run out; recorded: it holds'),
      not,
    }),
    z.strictObject({ on: z.literal('added'), withinDays: z.number().int().min(1).max(1825), not }),
    z.strictObject({
      on: z.literal('engaged'),
      did: z
        .enum(['click', 'form', 'document', 'reply'])
        .describe('clicked a link, sent a form, requested a document, replied to an e-mail'),
      withinDays,
      campaignId,
      not,
    }),
    z.strictObject({
      on: z.literal('lead'),
      states: z
        .array(z.enum(['new', 'accepted', 'working', 'won', 'lost']))
        .min(1)
        .max(5),
      withinDays: withinDays.describe(
        'only leads that came to this state in so many days before now; null: at any time',
      ),
      campaignId,
      not,
    }),
  ],
  { error: 'A condition is on one of field, field-contains, field-known, consent, added, engaged, lead.' },
);
export type SegmentCondition = z.output<typeof SegmentCondition>;

/** Who is in a segment: contacts for whom all of the conditions hold, or any. */
export const SegmentRule = z.strictObject({
  match: z.enum(['all', 'any']),
  conditions: z.array(SegmentCondition).min(1).max(20),
});
export type SegmentRule = z.output<typeof SegmentRule>;

export const SegmentCountRequest = z.strictObject({ rule: SegmentRule });
