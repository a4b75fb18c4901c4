import { secretOf } from '../access-world.js';
import { type At, json, newEmail, type Row, row, upload } from './row.js';

const csv = (at: At): Buffer => Buffer.from(`email\n${newEmail(at)}\n`);

/** Contacts, lists, calendar and suppressions. */
export const CONTACTS: readonly Row[] = [
  row('GET /api/v1/contacts', 'contacts.read', { query: () => '?limit=200' }),
  row('POST /api/v1/contacts', 'contacts.edit', { status: 201, dress: json((at) => ({ email: newEmail(at) })) }),
  row('GET /api/v1/contacts/count', 'contacts.read'),
  row('POST /api/v1/contacts/consent', 'contacts.edit', {
    status: 409,
    dress: json(() => ({
      filter: { q: 'nobody is called so', consent: 'unknown' },
      expected: 1,
      consent: { basis: 'customer' },
    })),
  }),
  row('GET /api/v1/contacts/:id', 'contacts.read', { of: 'contact' }),
  row('PATCH /api/v1/contacts/:id', 'contacts.edit', { of: 'contact', dress: json(() => ({ company: 'Engines' })) }),
  row('DELETE /api/v1/contacts/:id', 'contacts.edit', { of: 'contact', status: 204 }),
  row('POST /api/v1/contacts/:id/erase', 'contacts.edit', { of: 'contact', status: 204 }),
  row('POST /api/v1/contacts/:id/events', 'contacts.edit', {
    of: 'contact',
    dress: json(() => ({ name: 'trial-started' })),
  }),
  row('GET /api/v1/contacts/:id/campaigns', 'contacts.read', { of: 'contact' }),
  row('POST /api/v1/contacts/:id/campaigns/answered', 'contacts.edit', { of: 'contact', dress: json(() => ({})) }),
  row('POST /api/v1/contacts/:id/campaigns/take-out', 'contacts.edit', { of: 'contact' }),
  row('POST /api/v1/contacts/:id/campaigns/readmit', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/contacts/:id/history', 'contacts.read', { of: 'contact' }),
  row('GET /api/v1/contacts/:id/data-export', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/calendar', 'activations.read'),
  row('GET /api/v1/calendar/public-holidays', 'activations.read', { query: () => '?country=DE&year=2026' }),
  row('POST /api/v1/calendar/outlook', 'activations.read', { dress: json(() => ({ blackouts: [], holidays: {} })) }),
  row('PUT /api/v1/calendar', 'activations.control', { dress: json(() => ({ blackouts: [], holidays: {} })) }),
  row('GET /api/v1/contacts/:id/data-export.csv', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/consent-rule', 'contacts.read'),
  row('PUT /api/v1/consent-rule', 'contacts.edit', { dress: json(() => ({ doubleOptIn: false })) }),
  row('GET /api/v1/retention', 'contacts.read'),
  row('GET /api/v1/retention/outlook', 'contacts.read'),
  row('PUT /api/v1/retention', 'contacts.edit', {
    dress: json(() => ({ inactiveContactMonths: 24, importReportDays: 30 })),
  }),
  row('GET /api/v1/contact-lists', 'contacts.read'),
  row('POST /api/v1/contact-lists', 'contacts.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} new ${world.number}` })),
  }),
  row('POST /api/v1/contact-lists/segment-count', 'contacts.read', {
    dress: json(() => ({ rule: { match: 'all', conditions: [{ on: 'field-known', field: 'company' }] } })),
  }),
  row('GET /api/v1/contact-lists/:id', 'contacts.read', { of: 'contact list' }),
  row('PATCH /api/v1/contact-lists/:id', 'contacts.edit', {
    of: 'contact list',
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} renamed ${world.number}` })),
  }),
  row('DELETE /api/v1/contact-lists/:id', 'contacts.edit', { of: 'contact list', status: 204 }),
  row('GET /api/v1/contact-lists/:id/contacts.csv', 'contacts.read', { of: 'contact list' }),
  row('POST /api/v1/contact-imports', 'contacts.edit', {
    status: 202,
    dress: upload('file', 'people.csv', csv, { consentBasis: 'customer' }),
  }),
  row('POST /api/v1/contact-imports/preview', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('GET /api/v1/contact-imports', 'contacts.read'),
  row('GET /api/v1/contact-imports/:id', 'contacts.read', { of: 'contact import' }),
  row('GET /api/v1/contact-imports/:id/problems.csv', 'contacts.read', { of: 'contact import' }),
  row('POST /api/v1/contact-imports/:id/cancel', 'contacts.edit', { of: 'contact import' }),
  row('GET /api/v1/suppressions', 'contacts.read', { query: () => '?limit=200' }),
  row('POST /api/v1/suppressions/import/preview', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/vendor-suppressions/import/preview', 'partners.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/suppressions/import', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/vendor-suppressions/import', 'partners.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/suppressions', 'contacts.edit', { status: 201, dress: json((at) => ({ email: newEmail(at) })) }),
  row('DELETE /api/v1/suppressions/:id', 'contacts.edit', { of: 'suppression', status: 204, personOnly: true }),
];
