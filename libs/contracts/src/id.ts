import { z } from 'zod';
import type { Id } from '#kernel';

/**
 * A UUID in a request. The caller names the kind of id:
 * `idSchema<CampaignId>()`. Callers of the API send plain strings; the parsed
 * value has the kind. Whether the object exists is checked by the service.
 */
export const idSchema = <T extends Id<string>>(): z.ZodType<T, string> =>
  z.uuid() as z.ZodType<string, string> as z.ZodType<T, string>;
