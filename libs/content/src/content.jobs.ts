import { z } from 'zod';
import { defineJob } from '#jobs';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Compiles an uploaded zip, a temporary file. A package that compiles becomes a
 * blob. The problems of another one are a temporary file, because there may be
 * many: nothing of it is kept.
 */
export const COMPILE_PACKAGE = defineJob({
  name: 'content.compile-package',
  queue: 'rendering',
  data: z.object({
    file: z.uuid(),
    vendorId: z.uuid(),
    /** The package that the campaign was copied from, a blob. */
    templateHash: hash.nullable().default(null),
  }),
  result: z.union([z.object({ packageHash: hash, compiledHash: hash }), z.object({ problemsFile: z.uuid() })]),
});
