import { Module } from '@nestjs/common';
import { OrganisationsModule } from '#organisations';
import { Accounts } from './accounts.service.js';
import { ChannelManagers } from './channel-managers.service.js';
import { ApiKeys } from './api-keys.service.js';
import { ColleagueSuggestions } from './colleague-suggestions.service.js';
import { FirstOwners } from './first-owners.service.js';
import { InvitationLetters } from './invitation-letters.service.js';
import { InvitedCompanies } from './invited-companies.service.js';
import { MailAllowances } from './mail-allowances.service.js';
import { MailTests } from './mail-tests.service.js';
import { PartnerDuplicates } from './partner-duplicates.service.js';
import { NotificationSettings } from './notification-settings.service.js';
import { PartnerInvitations } from './partner-invitations.service.js';
import { PartnerOnboarding } from './partner-onboarding.service.js';
import { ImportedPartners } from './imported-partners.service.js';
import { KnownPartners } from './known-partners.service.js';
import { PartnerImports } from './partner-imports.service.js';
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
import { SuggestedColleagues } from './suggested-colleagues.service.js';
import { SystemMail } from './system-mail.service.js';
import { TeamInvitations } from './team-invitations.service.js';
import { WaitingInvitations } from './waiting-invitations.service.js';

@Module({
  imports: [OrganisationsModule],
  providers: [
    AccountSecurity,
    Accounts,
    ChannelManagers,
    ApiKeys,
    Attempts,
    EmailChanges,
    ColleagueSuggestions,
    FirstOwners,
    InvitationLetters,
    MailTests,
    NotificationSettings,
    OldSignInRecords,
    MailAllowances,
    OpenLinks,
    InvitedCompanies,
    PartnerDuplicates,
    ImportedPartners,
    KnownPartners,
    PartnerImports,
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
    SuggestedColleagues,
    SystemMail,
    TeamInvitations,
    TotpCodes,
    WaitingInvitations,
  ],
  exports: [
    AccountSecurity,
    Accounts,
    ChannelManagers,
    ApiKeys,
    EmailChanges,
    ColleagueSuggestions,
    FirstOwners,
    MailTests,
    NotificationSettings,
    OldSignInRecords,
    MailAllowances,
    InvitedCompanies,
    PartnerDuplicates,
    PartnerImports,
    PartnerInvitations,
    PartnerOnboarding,
    Passkeys,
    PasswordResets,
    Profiles,
    SecondFactors,
    Sessions,
    SignInPolicies,
    SignIns,
    SuggestedColleagues,
    SystemMail,
    TeamInvitations,
    TotpCodes,
    WaitingInvitations,
  ],
})
export class IdentityModule {}
