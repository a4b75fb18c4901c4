import { EntitySchema } from 'typeorm';
import type { KitLogo } from './brand-kit.js';

export const KitLogoSchema = new EntitySchema<KitLogo>({
  name: 'KitLogo',
  schema: 'brand',
  tableName: 'kit_logo',
  columns: {
    id: { type: 'uuid', primary: true },
    vendorId: { type: 'uuid', name: 'vendor_id' },
    originalHash: { type: 'text', name: 'original_hash' },
    mediaType: { type: 'text', name: 'media_type' },
    width: { type: 'integer' },
    height: { type: 'integer' },
    palette: { type: 'jsonb' },
    variants: { type: 'jsonb' },
    generated: { type: 'jsonb' },
    problems: { type: 'jsonb' },
    mailImage: { type: 'jsonb', name: 'mail_image' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
