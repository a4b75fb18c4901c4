import { z } from 'zod';
import type { UserId } from '#kernel';
import { EmailField } from './email-field.js';
import { idSchema } from './id.js';
import { pageOf, PageQuery } from './page.contract.js';
import { TableForm, UserLanguage } from './user-language.js';
import { SentInvitation } from './partner.contract.js';

export const TeamMember = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  since: z.iso.datetime(),
});
export type TeamMember = z.infer<typeof TeamMember>;
export const Team = z.object({ items: z.array(TeamMember) });

export const TeamInvitationView = SentInvitation.extend({ id: z.uuid(), role: z.string() });
export type TeamInvitationView = z.infer<typeof TeamInvitationView>;
/** Pending invitations to the team, newest first. */
export const TeamInvitations = z.object({ items: z.array(TeamInvitationView) });

export const InviteTeamMember = z.strictObject({
  email: EmailField,
  role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'channel-manager', 'viewer']),
  /**
   * Of the invitation and the new account; absent: that of your country.
   */
  language: UserLanguage.optional(),
});
/** Who looks after the partners of a channel manager from now on. */
const PartnersTo = idSchema<UserId>().nullable().describe('another channel manager; null: nobody');
/** A team member's role from now on. */
export const ChangeRole = InviteTeamMember.pick({ role: true }).extend({ partnersTo: PartnersTo.optional() });
export const RemoveTeamMember = z.strictObject({
  partnersTo: z
    .union([idSchema<UserId>(), z.literal('none')])
    .optional()
    .describe('who looks after the partners of a channel manager from now on; `none`: nobody'),
});

/** People whom vendors suggest for your team, newest first. */
export const ColleagueSuggestions = z.object({
  items: z.array(z.object({ id: z.uuid(), vendorName: z.string(), email: z.string(), suggestedAt: z.iso.datetime() })),
});
export type ColleagueSuggestions = z.infer<typeof ColleagueSuggestions>;
export const InviteSuggested = z.strictObject({ role: z.enum(['owner', 'marketer', 'viewer']) });

export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1).max(80),
  role: z.enum(['owner', 'marketer', 'approver', 'analyst', 'channel-manager', 'viewer']),
  permissions: z.array(z.string().max(60)).min(1).max(50).optional(),
});
export const ApiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  hint: z.string(),
  role: z.string(),
  permissions: z.array(z.string()).nullable(),
  /** Its person. The key ends when they leave the organisation. */
  createdBy: z.string(),
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
const Words = z.string().trim().min(1).max(200).optional();
/** Filter of entries; an absent field does not filter. */
export const AuditFilter = z.object({
  /** In the name of the person or key. */
  who: Words,
  actorKind: z.enum(['vendor', 'partner', 'system']).optional(),
  /**
   * A deed, `campaign-version.published`, or all of a kind, `campaign-version`.
   */
  action: z
    .string()
    .regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/)
    .optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  /** No longer among them. */
  to: z.iso.datetime({ offset: true }).optional(),
  /** Anywhere in the entry: names, codes, ids, facts. */
  q: Words,
});
export const AuditQuery = PageQuery.extend(AuditFilter.shape);
export const AuditTableQuery = AuditFilter.extend(TableForm.shape);
export const AuditEntries = pageOf(AuditEntryView);
