import { EntitySchema } from 'typeorm';
import type { LogoId, PartnerId } from '#kernel';
import type { BrandColours } from './brand-colours.js';
import type { BrandContact, LocaleOverride } from './brand-profile.js';

export interface BrandProfileRow {
  readonly partnerId: PartnerId;
  readonly version: number;
  readonly name: string;
  readonly legalName: string | null;
  readonly legalLine: string | null;
  readonly postalAddress: string | null;
  readonly countryCode: string | null;
  readonly timeZone: string | null;
  readonly website: string | null;
  readonly privacyUrl: string | null;
  readonly imprintUrl: string | null;
  readonly contact: BrandContact;
  readonly colours: BrandColours | null;
  readonly locales: Record<string, LocaleOverride>;
  readonly logoId: LogoId | null;
  readonly updatedAt: Date;
}

export const BrandProfileSchema = new EntitySchema<BrandProfileRow>({
  name: 'BrandProfile',
  schema: 'brand',
  tableName: 'brand_profile',
  columns: {
    partnerId: { type: 'uuid', name: 'partner_id', primary: true },
    version: { type: 'integer' },
    name: { type: 'text' },
    legalName: { type: 'text', name: 'legal_name', nullable: true },
    legalLine: { type: 'text', name: 'legal_line', nullable: true },
    postalAddress: { type: 'text', name: 'postal_address', nullable: true },
    countryCode: { type: 'text', name: 'country_code', nullable: true },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    website: { type: 'text', nullable: true },
    privacyUrl: { type: 'text', name: 'privacy_url', nullable: true },
    imprintUrl: { type: 'text', name: 'imprint_url', nullable: true },
    contact: { type: 'jsonb' },
    colours: { type: 'jsonb', nullable: true },
    locales: { type: 'jsonb' },
    logoId: { type: 'uuid', name: 'logo_id', nullable: true },
    updatedAt: { type: 'timestamptz', name: 'updated_at' },
  },
});
