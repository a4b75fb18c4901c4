import { z } from 'zod';
import { defineJob } from '#jobs';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Compiles a package from the blob store. The result is a blob too, because
 * there may be many problems.
 */
export const COMPILE_PACKAGE = defineJob({
  name: 'content.compile-package',
  queue: 'rendering',
  data: z.object({ packageHash: hash }),
  result: z.union([z.object({ compiledHash: hash }), z.object({ problemsHash: hash })]),
});
