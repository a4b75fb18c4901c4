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
export const SuppressionPage = pageOf(Suppression);
