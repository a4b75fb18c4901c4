import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { EngagementModule, ReturnsModule } from '#engagement';
import { IdentityModule } from '#identity';
import { InsightModule } from '#insight';
import { LeadsModule } from '#leads';
import { PrivacyModule } from '#privacy';
import { SendingWatchModule, SequencesModule, StepActionsModule, StepRecordsModule } from '#sequences';
import { WebhookDeliveryModule } from '#webhooks';
import { ActionsHandler } from './actions.handler.js';
import { ActivationsHandler } from './activations.handler.js';
import { InboundMail } from './inbound-mail.service.js';
import { LeadCreationModule } from './lead-creation.module.js';
import { LeadTicks } from './lead-ticks.service.js';
import { LinkChecksHandler } from './link-checks.handler.js';
import { MailboxTicks } from './mailbox-ticks.service.js';
import { MessagesHandler } from './messages.handler.js';
import { NumberTicks } from './number-ticks.service.js';
import { RetentionTicks } from './retention-ticks.service.js';
import { ReturnsHandler } from './returns.handler.js';
import { SendingTicks } from './sending-ticks.service.js';
import { SystemMailHandler } from './system-mail.handler.js';
import { Ticks } from './ticks.service.js';
import { VersionTicks } from './version-ticks.service.js';
import { WebhookTicks } from './webhook-ticks.service.js';
import { WebhooksHandler } from './webhooks.handler.js';

/** Everything that happens by itself. */
@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    CampaignsModule,
    EngagementModule,
    IdentityModule,
    InsightModule,
    LeadsModule,
    PrivacyModule,
    SendingWatchModule,
    SequencesModule,
    ReturnsModule.with([SequencesModule]),
    StepActionsModule.with(LeadCreationModule),
    StepRecordsModule,
    WebhookDeliveryModule,
  ],
  providers: [
    ActionsHandler,
    ActivationsHandler,
    InboundMail,
    LeadTicks,
    LinkChecksHandler,
    MailboxTicks,
    MessagesHandler,
    NumberTicks,
    RetentionTicks,
    ReturnsHandler,
    SendingTicks,
    SystemMailHandler,
    Ticks,
    VersionTicks,
    WebhookTicks,
    WebhooksHandler,
  ],
})
export class SchedulerModule {}
