import { z } from 'zod';
import { defineJob } from '#jobs';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Compiles a package from the blob store. Problems may be many: they come back as a blob, too. */
export const COMPILE_PACKAGE = defineJob({
  name: 'content.compile-package',
  queue: 'rendering',
  data: z.object({ packageHash: hash }),
  result: z.union([z.object({ compiledHash: hash }), z.object({ problemsHash: hash })]),
});
