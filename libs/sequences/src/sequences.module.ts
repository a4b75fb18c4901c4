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
import { CalendarShifts } from './postponing/calendar-shifts.service.js';
import { CampaignReach } from './enrolment/campaign-reach.service.js';
import { ClickMoves } from './moving/click-moves.service.js';
import { ChunksInHand } from './sending/chunks-in-hand.service.js';
import { ContactEvents } from './enrolment/contact-events.service.js';
import { ContactClocks } from './enrolment/contact-clocks.service.js';
import { ContactFacts } from './enrolment/contact-facts.service.js';
import { ContactFrequency } from './sending/contact-frequency.service.js';
import { DailyLimits } from './enrolment/daily-limits.service.js';
import { DryRunPlans } from './forecast/dry-run-plans.service.js';
import { DryRuns } from './forecast/dry-runs.service.js';
import { DueQueue } from './enrolment/due-queue.service.js';
import { Enrolments } from './enrolment/enrolments.service.js';
import { HandOffs } from './sending/hand-offs.service.js';
import { LateSteps } from './postponing/late-steps.service.js';
import { MessageBuilder } from './sending/message-builder.service.js';
import { MessageSeals } from './sending/message-seals.service.js';
import { ProgrammeDryRuns } from './forecast/programme-dry-runs.service.js';
import { PutOffs } from './postponing/put-offs.service.js';
import { ReadyPosts } from './records/ready-posts.service.js';
import { RelayLog } from './operations/relay-log.service.js';
import { HaltSubjects } from './operations/halt-subjects.service.js';
import { SendingOperations } from './operations/sending-operations.service.js';
import { SendingSettingsDesk } from './operations/sending-settings.service.js';
import { SendingWatch } from './operations/sending-watch.service.js';
import { DeadAddresses } from './sending/dead-addresses.service.js';
import { Settlements } from './sending/settlements.service.js';
import { StalledActivations } from './enrolment/stalled.service.js';
import { Standings } from './enrolment/standings.service.js';
import { StepActions } from './moving/step-actions.service.js';
import { StepClaims } from './sending/step-claims.service.js';
import { StepOutcomes } from './moving/step-outcomes.service.js';
import { PeopleOfActivations } from './records/people.service.js';
import { StepRecords } from './records/step-records.service.js';
import { StuckSteps } from './operations/stuck-steps.service.js';
import { Submission } from './sending/submission.service.js';
import { TurnOrder } from './moving/turn-order.service.js';
import { Turns } from './moving/turns.service.js';
import { UnknownDesk } from './operations/unknown-desk.service.js';
import { UnknownEvidence } from './operations/unknown-evidence.service.js';

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
