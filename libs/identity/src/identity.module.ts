import { Module } from '@nestjs/common';
import { OrganisationsModule } from '#organisations';
import { Accounts } from './accounts.service.js';
import { ApiKeys } from './api-keys.service.js';
import { PartnerInvitations } from './partner-invitations.service.js';
import { PasswordResets } from './password-resets.service.js';
import { Sessions } from './sessions.service.js';
import { SystemMail } from './system-mail.service.js';

@Module({
  imports: [OrganisationsModule],
  providers: [Accounts, ApiKeys, PartnerInvitations, PasswordResets, Sessions, SystemMail],
  exports: [Accounts, ApiKeys, PartnerInvitations, PasswordResets, Sessions, SystemMail],
})
export class IdentityModule {}
