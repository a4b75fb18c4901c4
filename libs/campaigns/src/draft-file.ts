import type { CampaignId, UserId, VendorId } from '#kernel';

/** A changed file of a draft that is not in its package yet. */
export interface DraftFile {
  readonly campaignId: CampaignId;
  readonly vendorId: VendorId;
  readonly path: string;
  /** The package whose file was changed. */
  readonly packageHash: string;
  /** Its new text. Null for an uploaded or a removed file. */
  readonly text: string | null;
  /** Blob of an uploaded file. */
  readonly uploadHash: string | null;
  readonly bytes: number;
  /** Another one at each save. */
  readonly revision: string;
  readonly savedAt: Date;
  readonly savedByUserId: UserId | null;
  readonly savedByName: string;
}

/** What an author made of a file. */
export type FileChange =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'removed' }
  /** As in the package again. */
  | { readonly kind: 'unchanged' };

/** A change, and the revision of the file that its author saw; null: none. */
export interface SentChange {
  readonly path: string;
  readonly change: FileChange;
  readonly revision: string | null;
}

/** The changes as a package takes them: texts, and blobs of uploads. */
export function changesOf(files: readonly DraftFile[]) {
  const changes: Record<string, string | null> = {};
  const uploads: Record<string, string> = {};
  for (const { path, text, uploadHash } of files) {
    if (uploadHash === null) changes[path] = text;
    else uploads[path] = uploadHash;
  }
  return { changes, uploads };
}
