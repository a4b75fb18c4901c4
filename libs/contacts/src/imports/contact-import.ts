import type { ContactImportId, ContactListId, PartnerId } from '#kernel';
import type { ConsentBasis } from '../contact.js';
import type { ColumnMap } from './csv-columns.js';
import type { OptOutRule } from './opt-out-columns.js';

type ContactImportStatus = 'queued' | 'running' | 'completed' | 'cancelled' | 'failed';

/**
 * One upload of a list. Candidates = created + updated + unchanged + rejected,
 * always; a constraint checks it.
 */
export interface ContactImport {
  readonly id: ContactImportId;
  readonly partnerId: PartnerId;
  /** Null once its empty list was deleted. */
  readonly listId: ContactListId | null;
  /** There was no such list before. */
  readonly madeList: boolean;
  readonly status: ContactImportStatus;
  readonly fileName: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: ColumnMap;
  /** Rows up to the names of the columns; they are not imported. */
  readonly headingRows: number;
  /** The columns that say who opted out, and by which values. */
  readonly optOuts: readonly OptOutRule[];
  readonly basis: Exclude<ConsentBasis, 'pending'>;
  readonly evidence: string | null;
  readonly jurisdiction: string | null;
  readonly idempotencyKey: string | null;
  /** SHA-256 of file and options: what makes two requests the same. */
  readonly requestHash: string;
  /** Rows in the file, once counted. */
  readonly total: number | null;
  /** Rows decided so far. */
  readonly candidates: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** People put on the suppression list because the file says so. */
  readonly optedOut: number;
  readonly failureCode: string | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
