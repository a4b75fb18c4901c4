import { Module } from '@nestjs/common';
import { OrganisationsModule } from '#organisations';
import { Accounts } from './accounts.service.js';
import { ApiKeys } from './api-keys.service.js';
import { FirstOwners } from './first-owners.service.js';
import { InvitationLetters } from './invitation-letters.service.js';
import { MailAllowances } from './mail-allowances.service.js';
import { MailTests } from './mail-tests.service.js';
import { NotificationSettings } from './notification-settings.service.js';
import { PartnerInvitations } from './partner-invitations.service.js';
import { PartnerOnboarding } from './partner-onboarding.service.js';
import { PasswordResets } from './password-resets.service.js';
import { Profiles } from './profiles.service.js';
import { Sessions } from './sessions.service.js';
import { AccountSecurity } from './sign-in/account-security.service.js';
import { Attempts } from './sign-in/attempts.service.js';
import { EmailChanges } from './sign-in/email-changes.service.js';
import { OldSignInRecords } from './sign-in/old-sign-in-records.service.js';
import { OpenLinks } from './sign-in/open-links.service.js';
import { PasskeyChallenges } from './sign-in/passkey-challenges.service.js';
import { Passkeys } from './sign-in/passkeys.service.js';
import { RecoveryCodes } from './sign-in/recovery-codes.service.js';
import { SecondFactors } from './sign-in/second-factors.service.js';
import { SignInPolicies } from './sign-in/sign-in-policies.service.js';
import { SignIns } from './sign-in/sign-ins.service.js';
import { TotpCodes } from './sign-in/totp.service.js';
import { SystemMail } from './system-mail.service.js';
import { TeamInvitations } from './team-invitations.service.js';

@Module({
  imports: [OrganisationsModule],
  providers: [
    AccountSecurity,
    Accounts,
    ApiKeys,
    Attempts,
    EmailChanges,
    FirstOwners,
    InvitationLetters,
    MailTests,
    NotificationSettings,
    OldSignInRecords,
    MailAllowances,
    OpenLinks,
    PartnerInvitations,
    PartnerOnboarding,
    PasskeyChallenges,
    Passkeys,
    PasswordResets,
    Profiles,
    RecoveryCodes,
    SecondFactors,
    Sessions,
    SignInPolicies,
    SignIns,
    SystemMail,
    TeamInvitations,
    TotpCodes,
  ],
  exports: [
    AccountSecurity,
    Accounts,
    ApiKeys,
    EmailChanges,
    FirstOwners,
    MailTests,
    NotificationSettings,
    OldSignInRecords,
    MailAllowances,
    PartnerInvitations,
    PartnerOnboarding,
    Passkeys,
    PasswordResets,
    Profiles,
    SecondFactors,
    Sessions,
    SignInPolicies,
    SignIns,
    SystemMail,
    TeamInvitations,
    TotpCodes,
  ],
})
export class IdentityModule {}
