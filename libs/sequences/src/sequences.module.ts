import { readFileSync } from 'node:fs';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ActivationsModule, LaunchedSequences, ReachedBefore } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule, RelayTransport } from '#delivery';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { type DkimKey, MailerModule } from '#mailer';
import { OrganisationsModule } from '#organisations';
import { ReleaseModule } from '#release';
import { WebhooksModule } from '#webhooks';
import { CalendarImpact } from './postponing/calendar-impact.service.js';
import { ExperimentGroups } from './enrolment/experiment-groups.service.js';
import { HoldOutDraws } from './enrolment/hold-out-draws.service.js';
import { CampaignReach } from './enrolment/campaign-reach.service.js';
import { ClickReversals } from './moving/click-reversals.service.js';
import { InFlightChunks } from './sending/in-flight-chunks.service.js';
import { ContactEvents } from './enrolment/contact-events.service.js';
import { ContactClocks } from './enrolment/contact-clocks.service.js';
import { ContactFacts } from './enrolment/contact-facts.service.js';
import { ContactFrequency } from './sending/contact-frequency.service.js';
import { DailyLimits } from './enrolment/daily-limits.service.js';
import { DryRunPlans } from './forecast/dry-run-plans.service.js';
import { DateForecasts } from './forecast/date-forecasts.service.js';
import { DryRuns } from './forecast/dry-runs.service.js';
import { DueQueue } from './enrolment/due-queue.service.js';
import { Entries } from './entering/entries.service.js';
import { EntryDecisions } from './entering/entry-decisions.service.js';
import { DateEntries } from './entering/date-entries.service.js';
import { EntryRequests } from './entering/entry-requests.service.js';
import { EntryRules } from './entering/entry-rules.service.js';
import { NewEnrolments } from './enrolment/new-enrolments.service.js';
import { NotEnrolled } from './enrolment/not-enrolled.service.js';
import { Exclusions } from './enrolment/exclusions.service.js';
import { LaunchEnrolments } from './entering/launch-enrolments.service.js';
import { Enrolments } from './enrolment/enrolments.service.js';
import { SendPreflight } from './sending/send-preflight.service.js';
import { LateSteps } from './postponing/late-steps.service.js';
import { MessageBuilder } from './sending/message-builder.service.js';
import { MessageSeals } from './sending/message-seals.service.js';
import { ForecastConditions } from './forecast/forecast-conditions.service.js';
import { PartnerWalks } from './forecast/partner-walks.service.js';
import { ProgrammeDryRuns } from './forecast/programme-dry-runs.service.js';
import { ProgrammeForecasts } from './forecast/programme-forecasts.service.js';
import { UpdateCounts } from './forecast/update-counts.service.js';
import { UpdateEstimates } from './forecast/update-estimates.service.js';
import { Postponements } from './postponing/postponements.service.js';
import { EmailObstacles } from './records/email-obstacles.service.js';
import { NextEmails } from './records/next-emails.service.js';
import { PlannedEmails } from './records/planned-emails.service.js';
import { ReadyPosts } from './records/ready-posts.service.js';
import { RelayLog } from './operations/relay-log.service.js';
import { HaltSubjects } from './operations/halt-subjects.service.js';
import { SendingOperations } from './operations/sending-operations.service.js';
import { PartnerSendingSettings } from './operations/partner-sending-settings.service.js';
import { SendingWatch } from './operations/sending-watch.service.js';
import { DeadAddresses } from './sending/dead-addresses.service.js';
import { Settlements } from './sending/settlements.service.js';
import { UnreadableActivations } from './enrolment/unreadable-activations.service.js';
import { EnrolmentStates } from './enrolment/enrolment-states.service.js';
import { StepActions } from './moving/step-actions.service.js';
import { StepClaims } from './sending/step-claims.service.js';
import { StepOutcomes } from './moving/step-outcomes.service.js';
import { ActivationContacts } from './records/activation-contacts.service.js';
import { StepRecords } from './records/step-records.service.js';
import { OverdueSteps } from './operations/overdue-steps.service.js';
import { SentCopies } from './records/sent-copies.service.js';
import { SentEmails } from './records/sent-emails.service.js';
import { RecalledEmails } from './records/recalled-emails.service.js';
import { ViewInBrowser } from './records/view-in-browser.service.js';
import { Submission } from './sending/submission.service.js';
import { EntryRoundRobin, PartnerRoundRobin } from './enrolment/partner-round-robin.service.js';
import { Readmissions } from './moving/readmissions.service.js';
import { SequenceInbox } from './moving/sequence-inbox.service.js';
import { VendorUnknownMessages } from './operations/vendor-unknown-messages.service.js';
import { EmailsOfDayReader } from './sending/emails-of-day.service.js';
import { PreflightCandidates } from './sending/preflight-candidates.service.js';
import { RelayFacts } from './sending/relay-facts.service.js';
import { PreflightFacts } from './sending/preflight-facts.service.js';
import { PreflightRecorder } from './sending/preflight-recorder.service.js';
import { SendAllowances } from './sending/send-allowances.service.js';
import { SettlementWriter } from './sending/settlement-writer.service.js';
import { RelaySubmission } from './sending/relay-submission.service.js';
import { MessagePreparation } from './sending/message-preparation.service.js';
import { DueStepClaims } from './sending/due-step-claims.service.js';
import { DueStepPlanner } from './sending/due-step-planner.service.js';
import { RetryClaims } from './sending/retry-claims.service.js';
import { SubmissionQueues } from './sending/submission-queues.service.js';
import { EndedEnrolments } from './moving/ended-enrolments.service.js';
import { InboxMoves } from './moving/inbox-moves.service.js';
import { ActionEffects } from './moving/action-effects.service.js';
import { PartnerNotices } from './moving/partner-notices.service.js';
import { DryRunFacts } from './forecast/dry-run-facts.service.js';
import { DryRunContacts } from './forecast/dry-run-contacts.service.js';
import { DryRunLimits } from './forecast/dry-run-limits.service.js';
import { Simulator } from './forecast/simulator.service.js';
import { SendingReports } from './operations/sending-reports.service.js';
import { UnknownResolutions } from './operations/unknown-resolutions.service.js';
import { HaltLetters } from './operations/halt-letters.service.js';
import { ProgrammeSending } from './operations/programme-sending.service.js';
import { RefusalWatch } from './operations/refusal-watch.service.js';
import { SendingResumption } from './operations/sending-resumption.service.js';
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

/** Services that api needs: decisions, due posts, and the reach of a launch. */
@Module({
  imports: [ActivationsModule, BrandModule, ContactsModule, DeliveryModule, EngagementModule],
  providers: [
    CampaignReach,
    ExperimentGroups,
    { provide: ReachedBefore, useExisting: CampaignReach },
    { provide: LaunchedSequences, useClass: EntryRules },
    ContactEvents,
    Exclusions,
    ContactFacts,
    ActivationContacts,
    EmailObstacles,
    NextEmails,
    PlannedEmails,
    ReadyPosts,
    StepRecords,
  ],
  exports: [
    ReachedBefore,
    LaunchedSequences,
    ContactEvents,
    Exclusions,
    ActivationContacts,
    NextEmails,
    ReadyPosts,
    StepRecords,
  ],
})
export class StepRecordsModule {}

/** Messages by the link that their recipient followed, for the API. */
@Module({
  imports: [ActivationsModule, ContactsModule, EngagementModule],
  providers: [RecalledEmails, SentCopies, SentEmails, ViewInBrowser],
  exports: [RecalledEmails, SentEmails, ViewInBrowser],
})
export class SentEmailsModule {}

const FORECAST_IMPORTS = [
  ActivationsModule,
  BrandModule,
  CampaignsModule,
  ContactsModule,
  DeliveryModule,
  OrganisationsModule,
  ReleaseModule,
];

/** Services that api needs to preview a launch or a resumption. */
@Module({
  imports: FORECAST_IMPORTS,
  providers: [
    CalendarImpact,
    CampaignReach,
    ExperimentGroups,
    DailyLimits,
    DryRunContacts,
    DryRunFacts,
    DryRunLimits,
    DryRunPlans,
    EmailsOfDayReader,
    DateForecasts,
    DryRuns,
    DueQueue,
    ForecastConditions,
    LateSteps,
    ProgrammeDryRuns,
    Postponements,
    Simulator,
    UpdateEstimates,
  ],
  exports: [CalendarImpact, DateForecasts, DryRuns, LateSteps, ProgrammeDryRuns, Postponements, UpdateEstimates],
})
export class DryRunsModule {}

/** Computes forecasts that vendors have requested. */
@Module({
  imports: [...FORECAST_IMPORTS, ContentModule],
  providers: [
    CampaignReach,
    ExperimentGroups,
    DailyLimits,
    DryRunContacts,
    DryRunFacts,
    DryRunLimits,
    DryRunPlans,
    EmailsOfDayReader,
    DueQueue,
    PartnerWalks,
    ProgrammeForecasts,
    UpdateCounts,
  ],
  exports: [ProgrammeForecasts, UpdateCounts],
})
export class ForecastsModule {}

/** What an operator needs, without anything that sends. */
@Module({
  imports: [DeliveryModule],
  providers: [DueQueue, HaltSubjects, OverdueSteps, SendingOperations, SendingReports, UnknownResolutions],
  exports: [HaltSubjects, OverdueSteps, SendingOperations, SendingReports, UnknownResolutions],
})
export class SendingOperationsModule {}

/** What keeps watch over partners' mail, for api and scheduler. */
@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    ContactsModule,
    DeliveryModule,
    IdentityModule,
    NotificationsModule,
    OrganisationsModule,
    SendingOperationsModule,
  ],
  providers: [
    HaltLetters,
    PartnerSendingSettings,
    ProgrammeSending,
    RefusalWatch,
    SendingResumption,
    SendingWatch,
    VendorUnknownMessages,
  ],
  exports: [
    PartnerSendingSettings,
    ProgrammeSending,
    RefusalWatch,
    SendingResumption,
    SendingWatch,
    VendorUnknownMessages,
  ],
})
export class SendingWatchModule {}

/** What the scheduler needs to claim, move and send. */
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
    ExperimentGroups,
    InFlightChunks,
    ClickReversals,
    ContactClocks,
    ContactFacts,
    ContactFrequency,
    DailyLimits,
    DueQueue,
    Enrolments,
    LaunchEnrolments,
    NewEnrolments,
    NotEnrolled,
    HoldOutDraws,
    Entries,
    EntryDecisions,
    DateEntries,
    EntryRequests,
    EntryRoundRobin,
    PreflightCandidates,
    EmailsOfDayReader,
    PreflightFacts,
    RelayFacts,
    PreflightRecorder,
    SendAllowances,
    SendPreflight,
    MessagePreparation,
    MessageBuilder,
    MessageSeals,
    DeadAddresses,
    SettlementWriter,
    Settlements,
    UnreadableActivations,
    EnrolmentStates,
    DueStepClaims,
    DueStepPlanner,
    RetryClaims,
    StepClaims,
    SubmissionQueues,
    StepOutcomes,
    RelaySubmission,
    Submission,
    PartnerRoundRobin,
    EndedEnrolments,
    InboxMoves,
    Readmissions,
    SequenceInbox,
    RelayLog,
    UnknownEvidence,
  ],
  exports: [
    DueQueue,
    Enrolments,
    LaunchEnrolments,
    DateEntries,
    EntryRequests,
    StepClaims,
    StepOutcomes,
    Submission,
    SequenceInbox,
    UnknownEvidence,
    DeliveryModule,
    SendingOperationsModule,
    mailer,
  ],
})
export class SequencesModule {}

/** Carries out actions that are not e-mails. */
@Module({})
export class StepActionsModule {
  /** @param leadCreation a module that exports `LeadCreation`. */
  static with(leadCreation: Type): DynamicModule {
    return {
      module: StepActionsModule,
      imports: [
        ActivationsModule,
        BrandModule,
        ContactsModule,
        DeliveryModule,
        IdentityModule,
        NotificationsModule,
        WebhooksModule,
        leadCreation,
      ],
      providers: [ActionEffects, PartnerNotices, StepActions],
      exports: [StepActions],
    };
  }
}
