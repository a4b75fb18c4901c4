import { secretOf } from '../access-world.js';
import { json, newEmail, type Row, row, upload } from './row.js';

/** An open form, and what a company enters there. */
const applicationForm = (): object => ({
  isOpen: true,
  introduction: { en: 'Sell with us.' },
  questions: [],
  rules: {
    accept: { countries: [], domains: [] },
    refuse: { countries: [], domains: [] },
    tier: '',
    region: '',
    refusal: '',
  },
});
const APPLICATION = {
  company: 'Newcomer',
  countryCode: 'GB',
  person: 'Ada',
  email: 'ada@newcomer.example',
  language: 'en',
  answers: {},
};

const partnersCsv = () => Buffer.from('company,tier\nNo Such Partner,gold\n');
const AN_ATTRIBUTE = { kind: 'text', owner: 'vendor' };

const REMINDERS = { isOn: false, firstAfterDays: 7, againAfterDays: 14, holdOutPercent: 10, dailyLimit: 100 };

/** Switched on, they would keep other rows of this table from changing tiers by hand. */
const TIER_RULES = {
  isOn: false,
  graceDays: 30,
  tiers: [
    { name: 'Gold', rule: { period: { unit: 'months', count: 3 }, facts: [{ fact: 'launches', atLeast: 1 }] } },
    { name: 'Bronze', rule: { period: { unit: 'months', count: 3 } } },
  ],
};

/** The partners of a vendor. */
export const PARTNERS: readonly Row[] = [
  row('GET /api/v1/application-form', 'programme.read'),
  row('PUT /api/v1/application-form', 'partners.edit', { dress: json(applicationForm) }),
  row('GET /api/v1/applications', 'programme.read'),
  row('POST /api/v1/applications/:id/accept', 'partners.edit', {
    of: 'application',
    dress: json(() => ({ tier: 'gold', region: 'emea' })),
  }),
  row('POST /api/v1/applications/:id/refuse', 'partners.edit', { of: 'application', dress: json(() => ({})) }),
  // partner-applications.api.spec.ts uses an open form.
  row('GET /api/v1/applications/forms/:slug', 'public', { status: 410, path: { slug: 'made-up' } }),
  row('POST /api/v1/applications/forms/:slug', 'public', {
    status: 410,
    path: { slug: 'made-up' },
    dress: json(() => APPLICATION),
  }),
  row('POST /api/v1/applications/confirmations/:token', 'public', { status: 410, path: { token: 'made-up' } }),
  row('GET /api/v1/onboarding-reminders', 'programme.read'),
  row('PUT /api/v1/onboarding-reminders', 'partners.edit', { dress: json(() => REMINDERS) }),
  row('GET /api/v1/onboarding-reminders/partners', 'partners.read'),
  row('GET /api/v1/programme-terms', 'partners.read'),
  row('POST /api/v1/programme-terms', 'terms.edit', {
    // The number of a version is its own only once: a caller with the right gets this conflict.
    status: 409,
    dress: json((at) => ({
      number: 9000,
      texts: { en: 'Sell fairly.' },
      effectiveOn: at.world.day(300),
      acceptBy: at.world.day(300),
      isRequired: true,
    })),
  }),
  row('GET /api/v1/programme-terms/partners', 'partners.read'),
  row('GET /api/v1/partners', 'partners.read'),
  row('GET /api/v1/channel-managers', 'partners.read'),
  row('GET /api/v1/distributors', 'partners.read'),
  row('PUT /api/v1/partners/:id/distribution', 'partners.edit', {
    of: 'joined partner',
    dress: json(() => ({ terms: null, distributorId: null })),
  }),
  row('GET /api/v1/distribution', 'activations.read'),
  row('POST /api/v1/distribution/proposals', 'distribution.edit', {
    dress: json((at) => ({
      vendorId: at.world.vendorIdOf(at.home),
      company: 'Newcomer',
      person: 'Ada',
      email: newEmail(at),
      countryCode: 'GB',
      language: 'en',
    })),
  }),
  row('POST /api/v1/channel-managers/assignments', 'channel-managers.edit', {
    dress: json(({ world, home }) => ({
      managerId: null,
      partnerIds: [world.idOf(home === 'contoso' ? 'dunesoft' : 'kessler')],
    })),
  }),
  row('GET /api/v1/partners/:id', 'partners.read', { of: 'partner' }),
  row('GET /api/v1/partners/:id/overview', 'partners.read', { of: 'partner' }),
  row('GET /api/v1/partners/:id/activity', 'partners.read', { of: 'partner' }),
  row('PATCH /api/v1/partners/:id', 'partners.manage', { of: 'partner', dress: json(() => ({ region: 'emea' })) }),
  row('POST /api/v1/partners/invitations', 'partners.edit', {
    status: 201,
    dress: json((at) => ({
      organisationName: 'Newcomer',
      email: newEmail(at),
      countryCode: 'GB',
      tier: 'bronze',
      region: 'emea',
    })),
  }),
  row('POST /api/v1/partners/duplicates', 'partners.edit', {
    dress: json(() => ({ organisationName: secretOf('kessler'), email: `owner@${secretOf('kessler')}.example` })),
  }),
  row('POST /api/v1/partners/:id/colleagues', 'partners.manage', {
    of: 'joined partner',
    status: 202,
    dress: json((at) => ({ email: newEmail(at) })),
  }),
  row('GET /api/v1/partners/progress', 'partners.read'),
  row('GET /api/v1/partners/traits', 'partners.read'),
  row('GET /api/v1/partners/list.csv', 'partners.read'),
  row('POST /api/v1/partners/reminders', 'partners.manage', {
    dress: json(({ world, home }) => ({
      partnerIds: [world.idOf(home === 'contoso' ? 'dunesoft' : 'brightwater')],
    })),
  }),
  row('POST /api/v1/partners/:id/invitation', 'partners.manage', {
    of: 'invited partner',
    status: 202,
    dress: json(() => ({})),
  }),
  row('DELETE /api/v1/partners/:id/invitation', 'partners.edit', { of: 'invited partner', status: 204 }),
  row('POST /api/v1/partners/:id/end', 'partners.edit', {
    of: 'joined partner',
    dress: json(() => ({ reason: 'The contract is over.' })),
  }),
  row('POST /api/v1/partners/:id/reinstate', 'partners.edit', { of: 'former partner' }),
  row('GET /api/v1/partner-groups', 'programme.read'),
  row('POST /api/v1/partner-groups', 'partners.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} new ${world.number}`, rule: { tiers: ['gold'] } })),
  }),
  row('POST /api/v1/partner-groups/size', 'programme.read', { dress: json(() => ({ rule: { tiers: ['gold'] } })) }),
  row('PUT /api/v1/partner-groups/:id', 'partners.edit', {
    of: 'partner group',
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} changed ${world.number}`, rule: {} })),
  }),
  row('GET /api/v1/partner-groups/:id/members', 'programme.read', { of: 'partner group' }),
  row('POST /api/v1/partner-groups/:id/archive', 'partners.edit', { of: 'partner group' }),
  row('POST /api/v1/partner-groups/:id/restore', 'partners.edit', { of: 'partner group' }),
  row('DELETE /api/v1/partner-groups/:id', 'partners.edit', { of: 'partner group', status: 204 }),
  row('POST /api/v1/partners/import/preview', 'partners.edit', { dress: upload('file', 'partners.csv', partnersCsv) }),
  row('POST /api/v1/partners/import', 'partners.edit', { dress: upload('file', 'partners.csv', partnersCsv) }),
  row('POST /api/v1/partners/upsert', 'partners.edit', {
    dress: json((at) => ({
      partners: [
        { organisationName: 'Newcomer', email: newEmail(at), countryCode: 'GB', tier: 'bronze', region: 'emea' },
      ],
    })),
  }),
  row('GET /api/v1/partner-attributes', 'partners.read'),
  row('POST /api/v1/partner-attributes', 'partners.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ ...AN_ATTRIBUTE, name: `${secretOf(home)} new ${world.number}` })),
  }),
  row('PUT /api/v1/partner-attributes/:id', 'partners.edit', {
    of: 'partner attribute',
    dress: json(({ world, home }) => ({ ...AN_ATTRIBUTE, name: `${secretOf(home)} changed ${world.number}` })),
  }),
  row('DELETE /api/v1/partner-attributes/:id', 'partners.edit', { of: 'partner attribute', status: 204 }),
  row('GET /api/v1/tier-rules', 'partners.read'),
  row('PUT /api/v1/tier-rules', 'partners.edit', { dress: json(() => TIER_RULES) }),
  row('POST /api/v1/tier-rules/preview', 'programme.read', { dress: json(() => TIER_RULES) }),
  row('GET /api/v1/tier-drops', 'partners.read'),
  row('GET /api/v1/tier-changes', 'partners.read'),
  row('GET /api/v1/partners/:id/tier', 'partners.read', { of: 'partner' }),
  // No rules are on: a caller with the right gets this conflict.
  row('POST /api/v1/partners/:id/tier', 'partners.manage', {
    of: 'partner',
    status: 409,
    dress: json(() => ({ tier: 'Gold', reason: 'A strategic account.' })),
  }),
  row('DELETE /api/v1/partners/:id/tier', 'partners.manage', { of: 'partner' }),
  row('GET /api/v1/partners/:id/attributes', 'partners.read', { of: 'partner' }),
  row('PATCH /api/v1/partners/:id/attributes', 'partners.manage', {
    of: 'partner',
    dress: json(() => ({ values: {} })),
  }),
];
