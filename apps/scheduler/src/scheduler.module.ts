import { Module } from '@nestjs/common';
import { ActivationsModule, UpdatesModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { EngagementModule, ReturnsModule } from '#engagement';
import { IdentityModule } from '#identity';
import { NewslettersModule } from '#newsletters';
import { NotificationsModule } from '#notifications';
import { InsightModule } from '#insight';
import { JoiningModule, TermsModule } from '#joining';
import { LeadsModule } from '#leads';
import { OrganisationsModule } from '#organisations';
import { PrivacyModule } from '#privacy';
import { ForecastsModule, SendingWatchModule, SequencesModule, StepActionsModule, StepRecordsModule } from '#sequences';
import { SavedViewsModule } from '#saved-views';
import { TiersModule } from '#tiers';
import { WebhookDeliveryModule } from '#webhooks';
import {
  ApplicationHandlers,
  CampaignHandlers,
  ExportHandlers,
  ForecastHandlers,
  NotificationHandlers,
  ProgrammeHandlers,
  SequenceHandlers,
} from './handlers.js';
import { InboundMail } from './inbound-mail.service.js';
import { LeadCreationModule } from './lead-creation.module.js';
import { MailboxPolling } from './mailbox-polling.service.js';
import { SCHEDULE } from './schedule.js';
import { SendingMetrics } from './sending-metrics.service.js';
import { Sweeps } from './sweeps.service.js';
import { SystemMailDelivery } from './system-mail-delivery.service.js';
import { WakeUps } from './wake-ups.service.js';
import { WebhookFailures } from './webhook-failures.service.js';

/**
 * Jobs of sequences and notifications (`handlers.ts`), and scheduled work
 * (`schedule.ts`).
 */
@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    CampaignsModule,
    ContactsModule,
    EngagementModule,
    ForecastsModule,
    IdentityModule,
    NewslettersModule,
    NotificationsModule,
    InsightModule,
    JoiningModule,
    TermsModule,
    LeadsModule,
    OrganisationsModule,
    PrivacyModule,
    SendingWatchModule,
    SequencesModule,
    ReturnsModule.with([SequencesModule]),
    StepActionsModule.with(LeadCreationModule),
    SavedViewsModule,
    StepRecordsModule,
    TiersModule,
    UpdatesModule.with([StepRecordsModule]),
    WebhookDeliveryModule,
  ],
  providers: [
    ...SCHEDULE,
    ApplicationHandlers,
    CampaignHandlers,
    ExportHandlers,
    ForecastHandlers,
    InboundMail,
    MailboxPolling,
    NotificationHandlers,
    ProgrammeHandlers,
    SendingMetrics,
    SequenceHandlers,
    Sweeps,
    SystemMailDelivery,
    WakeUps,
    WebhookFailures,
  ],
})
export class SchedulerModule {}
