import { z } from 'zod';

/** Why the product itself ended a campaign: `last-day`, the last day that its vendor set is over. */
export const EndCode = z.enum(['last-day']);
export type EndCode = z.infer<typeof EndCode>;
