import { z } from 'zod';
import { defineJob } from '#jobs';
import type { Hex } from './contrast.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hex = z.custom<Hex>((value) => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value));

/**
 * Reads an uploaded logo, a temporary file, and makes its variants. The
 * original becomes a blob if it is usable.
 * The job returns its result.
 * Untrusted images are decoded outside the api process.
 */
export const INGEST_LOGO = defineJob({
  name: 'brand.ingest-logo',
  queue: 'rendering',
  data: z.object({ file: z.uuid() }),
  result: z.object({
    originalHash: hash,
    mediaType: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    palette: z.array(hex).readonly(),
    variants: z.object({ light: hash, dark: hash, mono: hash }),
    generated: z.object({ original: hash, light: hash, dark: hash }),
    problems: z
      .array(
        z.object({
          code: z.string(),
          message: z.string(),
          remedy: z.string(),
          named: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .readonly(),
  }),
});
