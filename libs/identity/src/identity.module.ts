import { Module } from '@nestjs/common';
import { OrganisationsModule } from '#organisations';
import { Accounts } from './accounts.service.js';
import { ApiKeys } from './api-keys.service.js';
import { InvitationLetters } from './invitation-letters.service.js';
import { PartnerInvitations } from './partner-invitations.service.js';
import { PartnerOnboarding } from './partner-onboarding.service.js';
import { PasswordResets } from './password-resets.service.js';
import { Sessions } from './sessions.service.js';
import { SystemMail } from './system-mail.service.js';
import { TeamInvitations } from './team-invitations.service.js';

@Module({
  imports: [OrganisationsModule],
  providers: [
    Accounts,
    ApiKeys,
    InvitationLetters,
    PartnerInvitations,
    PartnerOnboarding,
    PasswordResets,
    Sessions,
    SystemMail,
    TeamInvitations,
  ],
  exports: [
    Accounts,
    ApiKeys,
    PartnerInvitations,
    PartnerOnboarding,
    PasswordResets,
    Sessions,
    SystemMail,
    TeamInvitations,
  ],
})
export class IdentityModule {}
