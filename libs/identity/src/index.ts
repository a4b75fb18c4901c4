export { IdentityModule } from './identity.module.js';
export type { ListedSession, OpenedSession, Session, SessionId } from './session.js';
export { Sessions } from './sessions.service.js';
export { AccountSecurity } from './sign-in/account-security.service.js';
export { deviceOf } from './sign-in/device.js';
export { EmailChanges } from './sign-in/email-changes.service.js';
export { OldSignInRecords } from './sign-in/old-sign-in-records.service.js';
export { Passkeys, type Passkey, type PasskeyId } from './sign-in/passkeys.service.js';
export { SecondFactors, type SecondFactorState } from './sign-in/second-factors.service.js';
export { SignInPolicies } from './sign-in/sign-in-policies.service.js';
export { SignIns } from './sign-in/sign-ins.service.js';
export { SEALED_TOTP_SECRETS, TotpCodes, type TotpSecret } from './sign-in/totp.service.js';
export { Accounts, type TeamMember } from './accounts.service.js';
export { ChannelManagers, type ManagedSelection } from './channel-managers.service.js';
export type { InvitationView } from './invitation-view.js';
export { accountsAmong } from './accounts-among.js';
export { PartnerInvitations, type PendingInvitation } from './partner-invitations.service.js';
export { ColleagueSuggestions } from './colleague-suggestions.service.js';
export { type ColleagueSuggestionId, SuggestedColleagues } from './suggested-colleagues.service.js';
export { type CompanyInvitation, InvitedCompanies } from './invited-companies.service.js';
export { PartnerDuplicates } from './partner-duplicates.service.js';
export { PartnerImports, type PlannedImport } from './partner-imports.service.js';
export { WaitingInvitations } from './waiting-invitations.service.js';
export { PartnerOnboarding } from './partner-onboarding.service.js';
export { TeamInvitations, type TeamInvitation } from './team-invitations.service.js';
export { FirstOwners, type FirstOwner } from './first-owners.service.js';
export { MailTests, type MailTest } from './mail-tests.service.js';
export { NotificationSettings } from './notification-settings.service.js';
export { Profiles } from './profiles.service.js';
export { PasswordResets } from './password-resets.service.js';
export { ApiKeys, type ApiKey } from './api-keys.service.js';
export { type LimitedMail, MAILS_A_DAY, MailAllowances } from './mail-allowances.service.js';
export {
  type OutgoingSystemMail,
  SystemMail,
  type MailSubject,
  type SystemMailMessage,
  type SystemMailOutcome,
} from './system-mail.service.js';
export {
  composeMail,
  composeSystemMail,
  LOGO_ID,
  senderNameOf,
  type MailReader,
  type Speaker,
} from './compose-system-mail.js';
export { partnerInvitationMail, webhookDisabledMail } from './system-mail-text.js';
export { SEND_SYSTEM_MAIL, START_PASSWORD_RESET } from './identity.jobs.js';
export { hashNewPassword, hashPassword } from './passwords.js';
export { newToken, sameSecret, tokenHash } from './tokens.js';
export { isRoleOf, permissionsOf, type OrganisationRef, type Role } from './principal.js';
export {
  can,
  CONFIRMED_CHANGES,
  PERSON_ONLY,
  requirePermission,
  VENDOR_PERMISSIONS,
  type Permission,
} from './permissions.js';
