export { IdentityModule } from './identity.module.js';
export { Sessions, type Session, type OpenedSession } from './sessions.service.js';
export { Accounts, type InvitationView, type TeamMember } from './accounts.service.js';
export { PartnerInvitations, type PendingInvitation } from './partner-invitations.service.js';
export { PartnerOnboarding } from './partner-onboarding.service.js';
export { TeamInvitations, type TeamInvitation } from './team-invitations.service.js';
export type { MailStatus } from './mail-status.js';
export { PasswordResets } from './password-resets.service.js';
export { ApiKeys, type ApiKey, type KeyHolder } from './api-keys.service.js';
export { SystemMail, type SystemMailMessage } from './system-mail.service.js';
export {
  invitationMail,
  languageOf,
  type Letter,
  type LetterLanguage,
  webhookDisabledMail,
  writeLetter,
} from './system-mail-text.js';
export { SEND_SYSTEM_MAIL, START_PASSWORD_RESET } from './identity.jobs.js';
export { hashPassword } from './passwords.js';
export { sameSecret } from './tokens.js';
export {
  isRoleOf,
  permissionsOf,
  PARTNER_ROLES,
  VENDOR_ROLES,
  type OrganisationRef,
  type Role,
  type User,
} from './principal.js';
export {
  can,
  requirePermission,
  VENDOR_PERMISSIONS,
  PARTNER_PERMISSIONS,
  type Permission,
  type VendorPermission,
  type PartnerPermission,
} from './permissions.js';
