import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { ContactsModule } from '#contacts';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { Disclosures } from './disclosures.service.js';
import { LeadHistories } from './lead-history.service.js';
import { LeadMail } from './lead-mail.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import { Leads } from './leads.service.js';

@Module({
  imports: [ActivationsModule, BrandModule, ContactsModule, EngagementModule, IdentityModule],
  providers: [Disclosures, LeadHistories, LeadMail, LeadReminders, Leads],
  exports: [Disclosures, LeadHistories, LeadMail, LeadReminders, Leads],
})
export class LeadsModule {}
