import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { ContactsModule } from '#contacts';
import { DeliveryModule, RelayTransport } from '#delivery';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { type DkimKey, MailerModule } from '#mailer';
import { OrganisationsModule } from '#organisations';
import { WebhooksModule } from '#webhooks';
import { CalendarShifts } from './calendar-shifts.service.js';
import { CampaignReach } from './campaign-reach.service.js';
import { ClickMoves } from './click-moves.service.js';
import { ChunksInHand } from './chunks-in-hand.service.js';
import { ContactEvents } from './contact-events.service.js';
import { ContactClocks } from './contact-clocks.service.js';
import { ContactFacts } from './contact-facts.service.js';
import { ContactFrequency } from './contact-frequency.service.js';
import { DailyLimits } from './daily-limits.service.js';
import { DryRunPlans } from './dry-run-plans.service.js';
import { DryRuns } from './dry-runs.service.js';
import { DueQueue } from './due-queue.service.js';
import { Enrolments } from './enrolments.service.js';
import { HandOffs } from './hand-offs.service.js';
import { LateSteps } from './late-steps.service.js';
import { MessageBuilder } from './message-builder.service.js';
import { MessageSeals } from './message-seals.service.js';
import { ProgrammeDryRuns } from './programme-dry-runs.service.js';
import { PutOffs } from './put-offs.service.js';
import { ReadyPosts } from './ready-posts.service.js';
import { RelayLog } from './relay-log.service.js';
import { HaltSubjects } from './halt-subjects.service.js';
import { SendingOperations } from './sending-operations.service.js';
import { SendingSettingsDesk } from './sending-settings.service.js';
import { SendingWatch } from './sending-watch.service.js';
import { DeadAddresses } from './dead-addresses.service.js';
import { Settlements } from './settlements.service.js';
import { StalledActivations } from './stalled.service.js';
import { Standings } from './standings.service.js';
import { StepActions } from './step-actions.service.js';
import { StepClaims } from './step-claims.service.js';
import { StepOutcomes } from './step-outcomes.service.js';
import { PeopleOfActivations } from './people.service.js';
import { StepRecords } from './step-records.service.js';
import { StuckSteps } from './stuck-steps.service.js';
import { Submission } from './submission.service.js';
import { TurnOrder } from './turn-order.service.js';
import { Turns } from './turns.service.js';
import { UnknownDesk } from './unknown-desk.service.js';
import { UnknownEvidence } from './unknown-evidence.service.js';

function dkimKeyOf({ DKIM_KEY_FILE, DKIM_SELECTOR, MAIL_DOMAIN }: Config): DkimKey | null {
  if (DKIM_KEY_FILE === '') return null;
  return { domain: MAIL_DOMAIN, selector: DKIM_SELECTOR, privateKeyPem: readFileSync(DKIM_KEY_FILE, 'utf8') };
}

const mailer = MailerModule.forRootAsync({
  imports: [DeliveryModule],
  transport: RelayTransport,
  inject: [CONFIG],
  useFactory: (config: Config) => ({ from: config.SYSTEM_MAIL_FROM, dkim: dkimKeyOf(config) }),
});

/** What api needs to tell what was decided, which posts fell due, and whom a launch would reach. */
@Module({
  imports: [ContactsModule],
  providers: [CampaignReach, ContactEvents, PeopleOfActivations, ReadyPosts, StepRecords],
  exports: [CampaignReach, ContactEvents, PeopleOfActivations, ReadyPosts, StepRecords],
})
export class StepRecordsModule {}

/** What api needs to tell what launching, or going on, would do. */
@Module({
  imports: [ActivationsModule, BrandModule, CampaignsModule, ContactsModule, DeliveryModule, OrganisationsModule],
  providers: [
    CalendarShifts,
    CampaignReach,
    DailyLimits,
    DryRunPlans,
    DryRuns,
    DueQueue,
    LateSteps,
    ProgrammeDryRuns,
    PutOffs,
  ],
  exports: [CalendarShifts, DryRuns, LateSteps, ProgrammeDryRuns, PutOffs],
})
export class DryRunsModule {}

/** What an operator needs, without anything that sends. */
@Module({
  imports: [DeliveryModule],
  providers: [DueQueue, HaltSubjects, SendingOperations, StuckSteps],
  exports: [HaltSubjects, SendingOperations, StuckSteps],
})
export class SendingOperationsModule {}

/** What keeps watch over partners' mail, for api and scheduler. */
@Module({
  imports: [BrandModule, DeliveryModule, IdentityModule, OrganisationsModule, SendingOperationsModule],
  providers: [SendingSettingsDesk, SendingWatch, UnknownDesk],
  exports: [SendingSettingsDesk, SendingWatch, UnknownDesk],
})
export class SendingWatchModule {}

/** The scheduler's brain, with the hands that send. */
@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    ContactsModule,
    DeliveryModule,
    EngagementModule,
    IdentityModule,
    SendingOperationsModule,
    WebhooksModule,
    mailer,
  ],
  providers: [
    CampaignReach,
    ChunksInHand,
    ClickMoves,
    ContactClocks,
    ContactFacts,
    ContactFrequency,
    DailyLimits,
    DueQueue,
    Enrolments,
    HandOffs,
    MessageBuilder,
    MessageSeals,
    DeadAddresses,
    Settlements,
    StalledActivations,
    Standings,
    StepActions,
    StepClaims,
    StepOutcomes,
    Submission,
    TurnOrder,
    Turns,
    RelayLog,
    UnknownEvidence,
  ],
  exports: [
    DueQueue,
    Enrolments,
    StepActions,
    StepClaims,
    StepOutcomes,
    Submission,
    Turns,
    UnknownEvidence,
    DeliveryModule,
    SendingOperationsModule,
    mailer,
  ],
})
export class SequencesModule {}
