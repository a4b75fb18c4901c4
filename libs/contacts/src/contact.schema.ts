import { EntitySchema } from 'typeorm';
import type { ConsentBasis, ConsentRecord, ConsentRecordId, Contact, ContactList } from './contact.js';

/** Written by triggers alone, and asked about in conditions. */
const WRITTEN_BY_TRIGGERS = { select: false, insert: false, update: false } as const;

/** What filters ask about, beside the contact itself. */
export interface FilteredContact extends Contact {
  readonly consentRecordId: ConsentRecordId | null;
  readonly consentBasis: ConsentBasis;
  readonly consentExpiresOn: string | null;
  readonly searchText: string;
}

export const ContactSchema = new EntitySchema<FilteredContact>({
  name: 'Contact',
  schema: 'contacts',
  tableName: 'contact',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    email: { type: 'text' },
    emailNormalised: { type: 'text', name: 'email_normalised' },
    firstName: { type: 'text', name: 'first_name', nullable: true },
    lastName: { type: 'text', name: 'last_name', nullable: true },
    salutation: { type: 'text', nullable: true },
    company: { type: 'text', nullable: true },
    phone: { type: 'text', nullable: true },
    country: { type: 'text', nullable: true },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    language: { type: 'text', nullable: true },
    industry: { type: 'text', nullable: true },
    persona: { type: 'text', nullable: true },
    stage: { type: 'text', nullable: true },
    segment: { type: 'text', nullable: true },
    renewsOn: { type: 'date', name: 'renews_on', nullable: true },
    warrantyEndsOn: { type: 'date', name: 'warranty_ends_on', nullable: true },
    trialEndsOn: { type: 'date', name: 'trial_ends_on', nullable: true },
    purchasedOn: { type: 'date', name: 'purchased_on', nullable: true },
    consentRecordId: { type: 'uuid', name: 'consent_record_id', nullable: true, ...WRITTEN_BY_TRIGGERS },
    consentBasis: { type: 'text', name: 'consent_basis', ...WRITTEN_BY_TRIGGERS },
    consentExpiresOn: { type: 'date', name: 'consent_expires_on', nullable: true, ...WRITTEN_BY_TRIGGERS },
    searchText: { type: 'text', name: 'search_text', ...WRITTEN_BY_TRIGGERS },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    updatedAt: { type: 'timestamptz', name: 'updated_at' },
  },
});

export const ConsentRecordSchema = new EntitySchema<ConsentRecord>({
  name: 'ConsentRecord',
  schema: 'contacts',
  tableName: 'consent_record',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    contactId: { type: 'uuid', name: 'contact_id' },
    basis: { type: 'text' },
    evidence: { type: 'text', nullable: true },
    source: { type: 'text' },
    jurisdiction: { type: 'text', nullable: true },
    jurisdictionSource: { type: 'text', name: 'jurisdiction_source', nullable: true },
    expiresOn: { type: 'date', name: 'expires_on', nullable: true },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    language: { type: 'text', nullable: true },
    page: { type: 'text', nullable: true },
    versionId: { type: 'uuid', name: 'version_id', nullable: true },
    confirmation: { type: 'text', nullable: true },
  },
});

export const ContactListSchema = new EntitySchema<ContactList & { readonly size: number }>({
  name: 'ContactList',
  schema: 'contacts',
  tableName: 'contact_list',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    name: { type: 'text' },
    isDefault: { type: 'boolean', name: 'is_default' },
    size: { type: 'integer', ...WRITTEN_BY_TRIGGERS },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
