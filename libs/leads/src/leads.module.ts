import { Module } from '@nestjs/common';
import { ActivationsModule, LaunchLeadRules } from '#activations';
import { BrandModule } from '#brand';
import { ContactsModule } from '#contacts';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { DealImports } from './deals/deal-imports.service.js';
import { DealImportUndos } from './deals/deal-import-undos.service.js';
import { DealVersions } from './deals/deal-versions.service.js';
import { DealWithdrawals } from './deals/deal-withdrawals.service.js';
import { DealRecords } from './deals/deal-records.service.js';
import { DealShareEvents } from './deals/deal-share-events.service.js';
import { DealShareMail } from './deals/deal-share-mail.service.js';
import { DealShares } from './deals/deal-shares.service.js';
import { SharedDeals } from './deals/shared-deals.service.js';
import { DisclosedDeals } from './deals/disclosed-deals.service.js';
import { Deals } from './deals/deals.service.js';
import { ClickLeads } from './click-leads.service.js';
import { DisclosedLeads } from './disclosed-leads.service.js';
import { DisclosureMail } from './disclosure-mail.service.js';
import { DisclosureRecipients } from './disclosure-recipients.service.js';
import { Disclosures } from './disclosures.service.js';
import { LeadAmounts } from './lead-amounts.service.js';
import { LeadEvents } from './lead-events.service.js';
import { LeadFactsReader } from './lead-facts.service.js';
import { LeadHistories } from './lead-history.service.js';
import { LeadMoves } from './lead-moves.service.js';
import { LeadMailSettings } from './lead-mail-settings.service.js';
import { LeadMail } from './lead-mail.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import { LeadRequests } from './lead-requests.service.js';
import { LeadRules } from './lead-rules.service.js';
import { Leads } from './leads.service.js';
import { FormContacts } from './form-contacts.service.js';
import { ResponseLists } from './response-lists.service.js';

@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    ContactsModule,
    EngagementModule,
    IdentityModule,
    NotificationsModule,
    OrganisationsModule,
  ],
  providers: [
    ClickLeads,
    DealImports,
    DealImportUndos,
    DealWithdrawals,
    DealRecords,
    DealVersions,
    Deals,
    DealShareEvents,
    DealShareMail,
    DealShares,
    SharedDeals,
    DisclosedDeals,
    DisclosedLeads,
    DisclosureMail,
    DisclosureRecipients,
    Disclosures,
    LeadAmounts,
    LeadEvents,
    LeadFactsReader,
    LeadHistories,
    LeadMail,
    LeadMailSettings,
    LeadMoves,
    LeadReminders,
    LeadRequests,
    LeadRules,
    { provide: LaunchLeadRules, useExisting: LeadRules },
    FormContacts,
    Leads,
    ResponseLists,
  ],
  exports: [
    LaunchLeadRules,
    ClickLeads,
    DealImports,
    DealImportUndos,
    DealWithdrawals,
    Deals,
    DealShareMail,
    DealShares,
    SharedDeals,
    DisclosedDeals,
    DisclosedLeads,
    DisclosureMail,
    DisclosureRecipients,
    Disclosures,
    LeadAmounts,
    LeadFactsReader,
    LeadHistories,
    LeadMail,
    LeadMailSettings,
    LeadMoves,
    LeadReminders,
    LeadRequests,
    LeadRules,
    FormContacts,
    Leads,
  ],
})
export class LeadsModule {}
