import { z } from 'zod';
import { PageQuery, pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

/** An address never to be mailed by this partner. */
export const NewSuppression = z.strictObject({
  email: z.string().max(400),
  reason: z.enum(['requested', 'legal']).default('requested'),
});

export const SuppressionQuery = PageQuery.extend({
  q: lineOfText(100).min(1).optional(),
});

export const Suppression = z.object({
  id: z.uuid(),
  email: z.string().nullable().describe('null once the person is erased'),
  reason: z.enum(['unsubscribed', 'complained', 'bounced', 'erased', 'requested', 'legal']),
  source: z.enum(['person', 'staff', 'provider']),
  mayRemove: z.boolean().describe('only what staff added'),
  suppressedAt: z.iso.datetime(),
});
export type Suppression = z.infer<typeof Suppression>;
/** A form field, so text: the address column, from 0; absent: detected. */
export const OptOutOptions = z.strictObject({ column: z.coerce.number().int().min(0).max(199).optional() });

const OptOutRows = z.object({
  rows: z.number().int(),
  unreadable: z.number().int(),
  problems: z
    .array(
      z.object({
        row: z.number().int().describe('row of the file as a spreadsheet counts it'),
        code: z.string(),
        message: z.string(),
        value: z.string(),
      }),
    )
    .describe('the first hundred of the rows without an address'),
});

/** How a list would be read; nothing is stored. */
export const OptOutPreview = OptOutRows.extend({
  addresses: z.number().int().describe('different addresses that would be suppressed'),
  encoding: z.string(),
  delimiter: z.string(),
  column: z.number().int(),
  headers: z.array(z.string()),
  sample: z.array(z.array(z.string())),
});
export type OptOutPreview = z.infer<typeof OptOutPreview>;

/** The result of an opt-out import. */
export const OptOutImport = OptOutRows.extend({
  suppressed: z.number().int().describe('different addresses; whether one was suppressed before is not said'),
});
export type OptOutImport = z.infer<typeof OptOutImport>;

export const SuppressionPage = pageOf(Suppression);
