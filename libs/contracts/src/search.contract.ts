import { z } from 'zod';

export const SearchQuery = z.object({ q: z.string().trim().min(1).max(100) });

/** What a person may see and that has the words in its name, at most six of each kind. */
export const SearchView = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['campaign', 'partner', 'partner-group', 'offer', 'activation', 'contact', 'lead']),
      id: z.uuid(),
      /** By language; null: `name` says it. */
      title: z.record(z.string(), z.string()).nullable(),
      name: z.string().nullable(),
      /** What tells it from others of its name. */
      detail: z.string().nullable(),
      /** In the portal. */
      path: z.string(),
    }),
  ),
});
export type SearchView = z.infer<typeof SearchView>;
