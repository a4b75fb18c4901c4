import { EntitySchema } from 'typeorm';
import type { Suppression } from './suppression.js';

export const SuppressionSchema = new EntitySchema<Suppression>({
  name: 'Suppression',
  schema: 'contacts',
  tableName: 'suppression',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    keyVersion: { type: 'smallint', name: 'key_version' },
    emailKey: { type: 'bytea', name: 'email_key' },
    email: { type: 'text', nullable: true },
    reason: { type: 'text' },
    source: { type: 'text' },
    suppressedAt: { type: 'timestamptz', name: 'suppressed_at' },
  },
});
