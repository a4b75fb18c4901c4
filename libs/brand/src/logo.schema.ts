import { EntitySchema } from 'typeorm';
import type { Logo } from './logo.js';

export const LogoSchema = new EntitySchema<Logo>({
  name: 'Logo',
  schema: 'brand',
  tableName: 'logo',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    originalHash: { type: 'text', name: 'original_hash' },
    mediaType: { type: 'text', name: 'media_type' },
    width: { type: 'integer' },
    height: { type: 'integer' },
    palette: { type: 'jsonb' },
    variants: { type: 'jsonb' },
    generated: { type: 'jsonb' },
    problems: { type: 'jsonb' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
