import { z } from 'zod';
import { pageOf } from './page.contract.js';

export const TeamMember = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  since: z.iso.datetime(),
});
export type TeamMember = z.infer<typeof TeamMember>;
export const Team = z.object({ items: z.array(TeamMember) });

export const InviteTeamMember = z.object({
  email: z.email().max(254),
  role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'viewer']),
});

export const CreateApiKey = z.object({
  name: z.string().trim().min(1).max(80),
  role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'viewer']),
  permissions: z.array(z.string().max(60)).min(1).max(50).optional(),
});
export const ApiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  hint: z.string(),
  role: z.string(),
  permissions: z.array(z.string()).nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeys = z.object({ items: z.array(ApiKeyView) });
/** The key is shown this once. */
export const CreatedApiKey = z.object({ id: z.uuid(), key: z.string() });

export const AuditEntryView = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actorKind: z.enum(['vendor', 'partner', 'system']),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditEntries = pageOf(AuditEntryView);
