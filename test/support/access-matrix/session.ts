import { json, newEmail, type Row, row, UNKNOWN_ID } from './row.js';

const PASSWORD = { name: 'Somebody', password: 'a long enough password' };
const MADE_UP_PASSKEY = {
  id: 'bWFkZS11cA',
  rawId: 'bWFkZS11cA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'AA', attestationObject: 'AA', signature: 'AA' },
};

const FIRST_RUN = {
  ...PASSWORD,
  token: 'made-up',
  vendorName: 'Contoso',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  languages: ['en'],
  email: 'owner@contoso.example',
  language: 'en',
};

/** Sign-in, and what each person has of its own. */
export const SESSION: readonly Row[] = [
  row('POST /api/v1/session', 'public', {
    dress: async (test, { world }) => {
      const { email } = await world.person([['brightwater', 'viewer']]);
      void test.send({ email, password: PASSWORD.password });
    },
  }),
  row('GET /api/v1/session', 'person'),
  row('DELETE /api/v1/session', 'person', { status: 204, endsSession: true }),
  row('POST /api/v1/session/organisation', 'person', {
    of: 'organisation',
    endsSession: true,
    dress: json(({ thing }) => thing),
  }),
  row('POST /api/v1/session/passkey/challenge', 'public'),
  // No passkey of the made-up answer is known. `security.api` signs in by one.
  row('POST /api/v1/session/passkey', 'public', { status: 401, dress: json(() => MADE_UP_PASSKEY) }),
  row('GET /api/v1/notifications', 'person'),
  row('POST /api/v1/notifications/read', 'person', { dress: json(() => ({})) }),
  row('GET /api/v1/saved-views', 'person'),
  row('GET /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/saved-views', 'person', { status: 422, dress: json(() => ({})) }),
  row('PATCH /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID }, dress: json(() => ({})) }),
  row('DELETE /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('PUT /api/v1/saved-views/:id/mail', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    dress: json(() => ({ rhythm: 'weekly', day: 1, hour: 8, format: 'csv' })),
  }),
  row('DELETE /api/v1/saved-views/:id/mail', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/saved-views/:id/file', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    query: () => '?format=csv',
  }),
  row('GET /api/v1/search', 'person', { query: () => '?q=a' }),
  row('GET /api/v1/sessions', 'person'),
  row('DELETE /api/v1/sessions', 'person', { status: 204, endsSession: true }),
  row('DELETE /api/v1/sessions/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/session/confirmation/challenge', 'person'),
  row('POST /api/v1/session/confirmation', 'person', {
    status: 204,
    dress: json(() => ({ password: PASSWORD.password })),
  }),
  row('GET /api/v1/account/profile', 'person'),
  row('PATCH /api/v1/account/profile', 'person', { dress: json(() => ({ region: 'GB', weekStartsOn: 1 })) }),
  row('GET /api/v1/account/notifications', 'person'),
  row('PATCH /api/v1/account/notifications', 'person', { status: 422, dress: json(() => ({ items: [] })) }),
  row('DELETE /api/v1/account/organisations/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/account/security', 'person'),
  row('PUT /api/v1/account/password', 'person', { status: 422, dress: json(() => ({ password: 'too short' })) }),
  row('POST /api/v1/account/email', 'person', { status: 202, dress: json((at) => ({ email: newEmail(at) })) }),
  row('POST /api/v1/email-changes/:token', 'public', { status: 410, path: { token: 'made-up' } }),
  row('POST /api/v1/account/passkeys/challenge', 'person'),
  row('POST /api/v1/account/passkeys', 'person', {
    status: 422,
    dress: json(() => ({ name: 'Key', response: MADE_UP_PASSKEY })),
  }),
  row('PATCH /api/v1/account/passkeys/:id', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    dress: json(() => ({ name: 'Key' })),
  }),
  row('DELETE /api/v1/account/passkeys/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/account/totp', 'person'),
  row('POST /api/v1/account/totp/confirmation', 'person', { status: 422, dress: json(() => ({ code: 'none' })) }),
  row('DELETE /api/v1/account/totp', 'person', { status: 404 }),
  row('POST /api/v1/account/recovery-codes', 'person', { status: 404 }),
  row('GET /api/v1/invitations/:token', 'public', { of: 'invitation', forged: 410 }),
  row('POST /api/v1/invitations/:token/accept', 'public', {
    of: 'invitation',
    forged: 410,
    dress: json(() => PASSWORD),
  }),
  row('GET /api/v1/invitations/:token/companies', 'person', { status: 410, path: { token: 'made-up' } }),
  row('POST /api/v1/invitations/:token/join', 'person', {
    status: 410,
    path: { token: 'made-up' },
    dress: json(() => ({ organisationId: null })),
  }),
  // Every installation here has a vendor; first-run.api.spec.ts founds the first one.
  row('GET /api/v1/first-run', 'public', { status: 410 }),
  row('POST /api/v1/first-run', 'public', { status: 410, dress: json(() => FIRST_RUN) }),
  row('GET /api/v1/set-up', 'set-up.edit'),
  row('POST /api/v1/set-up/test-mail', 'set-up.edit', { status: 202, personOnly: true }),
  row('POST /api/v1/set-up/hidden', 'set-up.edit', { status: 204 }),
  row('POST /api/v1/password-resets', 'public', {
    status: 202,
    dress: json(() => ({ email: 'somebody@example.com' })),
  }),
  row('POST /api/v1/password-resets/:token', 'public', {
    of: 'password reset',
    status: 204,
    forged: 410,
    dress: json(() => ({ password: PASSWORD.password })),
  }),
];
