import { secretOf } from '../access-world.js';
import { json, newEmail, type Row, row, UNKNOWN_ID } from './row.js';

/** The team of a company, its audit log, keys and data. */
export const TEAM: readonly Row[] = [
  row('GET /api/v1/organisation/exports', 'team.edit'),
  row('POST /api/v1/organisation/exports', 'team.edit', { status: 202 }),
  row('GET /api/v1/organisation/exports/:id', 'team.edit', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/organisation/exports/:id/file', 'team.edit', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/organisation/deletion', 'team.edit'),
  // No export of these companies was downloaded, and nobody has asked for it.
  row('POST /api/v1/organisation/deletion', 'team.edit', {
    status: 422,
    dress: json(() => ({ name: 'x', reason: 'We close.' })),
  }),
  row('DELETE /api/v1/organisation/deletion', 'team.edit', { status: 409 }),
  row('GET /api/v1/sign-in-policy', 'team.read'),
  row('PUT /api/v1/sign-in-policy', 'team.edit', { dress: json(() => ({ isSecondFactorRequired: false })) }),
  row('GET /api/v1/team', 'team.read'),
  row('POST /api/v1/team/invitations', 'team.edit', {
    status: 202,
    dress: json((at) => ({ email: newEmail(at), role: 'marketer' })),
  }),
  row('GET /api/v1/team/invitations', 'team.read'),
  row('POST /api/v1/team/invitations/:id/resend', 'team.edit', { of: 'team invitation', status: 202 }),
  row('DELETE /api/v1/team/invitations/:id', 'team.edit', { of: 'team invitation', status: 204 }),
  row('GET /api/v1/team/suggestions', 'partner-team.read'),
  row('POST /api/v1/team/suggestions/:id/invite', 'partner-team.edit', {
    of: 'suggested colleague',
    status: 202,
    dress: json(() => ({ role: 'marketer' })),
  }),
  row('POST /api/v1/team/suggestions/:id/decline', 'partner-team.edit', { of: 'suggested colleague', status: 204 }),
  row('PATCH /api/v1/team/:userId', 'team.edit', {
    of: 'member',
    status: 204,
    dress: json(() => ({ role: 'marketer' })),
  }),
  row('DELETE /api/v1/team/:userId', 'team.edit', { of: 'member', status: 204 }),
  row('GET /api/v1/api-keys', 'keys.edit'),
  row('POST /api/v1/api-keys', 'keys.edit', {
    status: 201,
    dress: json(({ home }) => ({ name: secretOf(home), role: 'marketer' })),
  }),
  row('DELETE /api/v1/api-keys/:id', 'keys.edit', { of: 'api key', status: 204 }),
  row('POST /api/v1/signing-keys', 'signing-keys.edit', { status: 201 }),
  row('GET /api/v1/audit-entries', 'audit.read', { query: () => '?limit=200' }),
  row('GET /api/v1/audit-entries.csv', 'audit.read'),
];
