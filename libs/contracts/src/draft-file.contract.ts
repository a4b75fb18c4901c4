import { z } from 'zod';

const Instant = z.iso.datetime();

/**
 * A changed file of a campaign that is not in a version yet. It has its new
 * text, or the size of an uploaded file; neither, if it is removed.
 */
const DraftFile = z.object({
  path: z.string(),
  kind: z.enum(['text', 'upload', 'removed']),
  text: z.string().nullable(),
  /** SHA-256 of an uploaded file, in hex. */
  hash: z.string().nullable(),
  bytes: z.number().int(),
  /** Send it back with the next change. */
  revision: z.string(),
  savedAt: Instant,
  savedBy: z.string(),
  /** You saved it. */
  isYours: z.boolean(),
  /**
   * It was changed in files that were replaced since. `before` is its text in
   * those.
   */
  isStale: z.boolean(),
  before: z.string().nullable(),
});

/** All changed files of a campaign, by path. */
export const DraftFiles = z.object({ files: z.array(DraftFile) });
export type DraftFiles = z.infer<typeof DraftFiles>;

const Path = z.string().min(1).max(200);
/** The revision that you saw; null: the file was not changed then. */
const Revision = z.uuid().nullable();

export const SaveDraftFiles = z.strictObject({
  /** The `packageHash` of the newest version. */
  basedOn: z.string().max(64),
  files: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('text'), path: Path, revision: Revision, text: z.string().max(400_000) }),
        z.strictObject({ kind: z.literal('removed'), path: Path, revision: Revision }),
        /** Takes the change back. */
        z.strictObject({ kind: z.literal('unchanged'), path: Path, revision: Revision }),
      ]),
    )
    .min(1)
    .max(100),
});
