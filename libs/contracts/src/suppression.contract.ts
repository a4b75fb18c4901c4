import { z } from 'zod';
import { PageQuery, pageOf } from './page.contract.js';
import { lineOfText } from './text.contract.js';

/** An address never to be mailed by this partner. */
export const NewSuppression = z.strictObject({
  email: z.string().max(400),
  reason: z.enum(['requested', 'legal']).default('requested'),
});

export const SuppressionQuery = PageQuery.extend({
  cursor: z.uuid().optional(),
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
/** What became of a list of people who opted out elsewhere. */
export const OptOutImport = z.object({
  rows: z.number().int(),
  taken: z.number().int().describe('different addresses; whether one was suppressed before is not said'),
  unreadable: z.number().int(),
  unreadableRows: z.array(z.number().int()).describe('the first of them, as a spreadsheet counts rows'),
});
export type OptOutImport = z.infer<typeof OptOutImport>;

export const SuppressionPage = pageOf(Suppression);
