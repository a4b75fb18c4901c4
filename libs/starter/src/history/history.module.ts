import { Module } from '@nestjs/common';
import { ActivationsModule, LaunchModule } from '#activations';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { EngagementModule, ReturnsModule, UnsubscribeModule } from '#engagement';
import { IdentityModule } from '#identity';
import { FormSubmissions, LeadsModule, OptInRequests } from '#leads';
import { SequencesModule, StepRecordsModule } from '#sequences';
import { History } from './history.service.js';
import { PastCampaigns } from './past-campaigns.service.js';
import { NoOptInRequests, PastForms } from './past-forms.service.js';
import { PastImports } from './past-imports.service.js';
import { PastLaunches } from './past-launches.service.js';
import { PastLeads } from './past-leads.service.js';
import { PastReactions } from './past-reactions.service.js';
import { PastSending } from './past-sending.service.js';
import { PastVisits } from './past-visits.service.js';
import { SentMessages } from './sent-messages.service.js';

/** For a process that also runs the scheduler: see `History`. */
@Module({
  imports: [
    ActivationsModule,
    CampaignsModule,
    ContactsModule,
    EngagementModule,
    IdentityModule,
    LaunchModule.with([StepRecordsModule, LeadsModule]),
    LeadsModule,
    ReturnsModule.with([SequencesModule]),
    SequencesModule,
    UnsubscribeModule,
  ],
  providers: [
    FormSubmissions,
    History,
    { provide: OptInRequests, useClass: NoOptInRequests },
    PastCampaigns,
    PastForms,
    PastImports,
    PastLaunches,
    PastLeads,
    PastReactions,
    PastSending,
    PastVisits,
    SentMessages,
  ],
  exports: [History],
})
export class HistoryModule {}
