import { Module } from '@nestjs/common';
import { ActivationsModule, LaunchLeadRules } from '#activations';
import { BrandModule } from '#brand';
import { ContactsModule } from '#contacts';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { ClickLeads } from './click-leads.service.js';
import { Disclosures } from './disclosures.service.js';
import { LeadAmounts } from './lead-amounts.service.js';
import { LeadEvents } from './lead-events.service.js';
import { LeadHistories } from './lead-history.service.js';
import { LeadMail } from './lead-mail.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import { LeadRules } from './lead-rules.service.js';
import { Leads } from './leads.service.js';

@Module({
  imports: [ActivationsModule, BrandModule, ContactsModule, EngagementModule, IdentityModule],
  providers: [
    ClickLeads,
    Disclosures,
    LeadAmounts,
    LeadEvents,
    LeadHistories,
    LeadMail,
    LeadReminders,
    LeadRules,
    { provide: LaunchLeadRules, useExisting: LeadRules },
    Leads,
  ],
  exports: [
    LaunchLeadRules,
    ClickLeads,
    Disclosures,
    LeadAmounts,
    LeadHistories,
    LeadMail,
    LeadReminders,
    LeadRules,
    Leads,
  ],
})
export class LeadsModule {}
