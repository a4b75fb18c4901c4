import { EntitySchema } from 'typeorm';
import type { ConsentRecord, Contact, ContactList } from './contact.js';

export const ContactSchema = new EntitySchema<Contact>({
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
    company: { type: 'text', nullable: true },
    country: { type: 'text', nullable: true },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    language: { type: 'text', nullable: true },
    industry: { type: 'text', nullable: true },
    persona: { type: 'text', nullable: true },
    stage: { type: 'text', nullable: true },
    segment: { type: 'text', nullable: true },
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
  },
});

export const ContactListSchema = new EntitySchema<ContactList>({
  name: 'ContactList',
  schema: 'contacts',
  tableName: 'contact_list',
  columns: {
    id: { type: 'uuid', primary: true },
    partnerId: { type: 'uuid', name: 'partner_id' },
    name: { type: 'text' },
    isDefault: { type: 'boolean', name: 'is_default' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
