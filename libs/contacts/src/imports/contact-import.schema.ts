import { EntitySchema } from 'typeorm';
import type { ContactImport } from './contact-import.js';

export const ContactImportSchema = new EntitySchema<ContactImport>({
  name: 'ContactImport',
  schema: 'contacts',
  tableName: 'contact_import',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    listId: { type: 'uuid', name: 'list_id' },
    status: { type: 'text' },
    fileName: { type: 'text', name: 'file_name' },
    encoding: { type: 'text' },
    delimiter: { type: 'text' },
    columns: { type: 'jsonb' },
    hasHeader: { type: 'boolean', name: 'has_header' },
    basis: { type: 'text' },
    evidence: { type: 'text', nullable: true },
    jurisdiction: { type: 'text', nullable: true },
    idempotencyKey: { type: 'text', name: 'idempotency_key', nullable: true },
    requestHash: { type: 'text', name: 'request_hash' },
    total: { type: 'integer', nullable: true },
    candidates: { type: 'integer' },
    created: { type: 'integer' },
    updated: { type: 'integer' },
    unchanged: { type: 'integer' },
    rejected: { type: 'integer' },
    failureCode: { type: 'text', name: 'failure_code', nullable: true },
    failure: { type: 'text', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    finishedAt: { type: 'timestamptz', name: 'finished_at', nullable: true },
  },
});
