import type { FactoryProvider } from '@nestjs/common';
import {
  ActivationControl,
  CampaignNews,
  EndNotices,
  OnboardingReminders,
  Partnerships,
  RecallWork,
  UpdateRuns,
  VendorNews,
  VersionNotifications,
  Waves,
} from '#activations';
import { VerifiedHosts } from '#brand';
import { Lifetimes, StoredBlobs } from '#campaigns';
import { Segments } from '#contacts';
import { LeaseSweeps, MailGroups, RelayHealth } from '#delivery';
import { ClickVerdicts } from '#engagement';
import { ColleagueSuggestions, MailAllowances, OldSignInRecords, SystemMail, WaitingInvitations } from '#identity';
import { ProgrammeLift, ResultMails, ResultReleases, Rollups, WeeklySummaries } from '#insight';
import { Jobs, BackgroundWork } from '#jobs';
import { ApplicationRequests } from '#joining';
import { DAY_MS, systemActor } from '#kernel';
import { ClickLeads, LeadReminders } from '#leads';
import { NewsletterSending } from '#newsletters';
import { Inbox } from '#notifications';
import { OrganisationDeletions, OrganisationExports, RETENTION_CRON, Retentions } from '#privacy';
import {
  DateEntries,
  EntryRequests,
  RefusalWatch,
  SendingWatch,
  SequenceInbox,
  StepClaims,
  StepOutcomes,
  StepRecords,
  UnknownEvidence,
} from '#sequences';
import { ViewMails } from '#saved-views';
import { TemporaryFiles } from '#storage';
import { TierEvaluations, TierNews } from '#tiers';
import { WebhookDispatch, WebhookEvents } from '#webhooks';
import { cron, loop } from './scheduled-work.js';
import { SendingMetrics } from './sending-metrics.service.js';
import { Sweeps } from './sweeps.service.js';

const CLAIM_DUE = 'claim due steps';
export const PROCESS_INBOX = 'process the inbox';
export const PROCESS_ENTRIES = 'process requests to enter';

const SCHEDULER = systemActor('scheduler');
/** Longer than any request, job or open editor refers to a stored file. */
const UNUSED_FILE_MS = DAY_MS;
/** Much longer than a caller waits for a temporary file. */
const TEMPORARY_FILE_MS = 3_600_000;

/**
 * What runs how often: name, pause in ms or cron in UTC, services, work. Every
 * row is safe in all schedulers at once. The mailbox has its own row, in
 * `MailboxPolling`.
 */
export const SCHEDULE: readonly FactoryProvider[] = [
  // Sequences. Claims return their own pause; 250 ms is the delay of a step
  // that falls due.
  loop(CLAIM_DUE, 250, [Jobs, LeaseSweeps, StepClaims], async (jobs, sweeps, claims) => {
    // A queue that was emptied has lost its chunks: without this, they would
    // wait until their leases end.
    if (await jobs.queueBeganAnew()) await sweeps.freeLeases();
    return claims.claimDue();
  }),
  // PostgreSQL notifies new rows (`WakeUps`); polling covers a notification
  // that is lost.
  loop(PROCESS_INBOX, 250, [SequenceInbox, BackgroundWork], async (inbox, backgroundWork) => {
    const { waitMs, isDue } = await inbox.processReady();
    if (isDue) backgroundWork.wake(CLAIM_DUE);
    return waitMs;
  }),
  loop(PROCESS_ENTRIES, 250, [EntryRequests, BackgroundWork], async (requests, backgroundWork) => {
    const { waitMs, hasEntered } = await requests.processReady();
    if (hasEntered) backgroundWork.wake(CLAIM_DUE);
    return waitMs;
  }),
  loop('enter contacts by dates', 5_000, [DateEntries], (dates) => dates.requestDue()),
  loop('send newsletters', 15_000, [NewsletterSending], (newsletters) => newsletters.sendDue()),
  loop('relay the outbox', 1000, [Jobs], async (jobs) => (await jobs.relay()) > 0),
  loop('complete activations', 1000, [StepOutcomes], async (outcomes) => {
    await outcomes.completeEnded();
  }),

  // Sweeps: unfinished work of processes that died.
  loop(
    'sweep leases',
    (sweeps) => sweeps.leasePauseMs,
    [Sweeps],
    (sweeps) => sweeps.sweepLeases(),
  ),
  cron('sweep queues', '* * * * *', [Sweeps], (sweeps) => sweeps.sweepQueues()),

  // Sending: domains, hosts, relays and destinations.
  loop('check sending domains', 15_000, [SendingWatch], async (watch) => {
    const isMore = await watch.checkDue();
    await watch.release();
    return isMore;
  }),
  loop('check hosts of partners', 15_000, [VerifiedHosts], (hosts) => hosts.checkDue()),
  loop('check relays', 2_000, [RelayHealth], (relays) => relays.checkDue()),
  loop('look up mail servers', 5_000, [MailGroups], (groups) => groups.lookUpDue()),
  loop('look up unknown messages', 30_000, [UnknownEvidence], async (evidence) => {
    await evidence.lookUp();
  }),
  loop('notify of halts', 15_000, [SendingWatch], (watch) => watch.notifyOfHalts()),
  cron('delete old breaker tallies', '17 3 * * *', [SendingWatch], (watch) => watch.forget()),
  cron('delete old counts of mails', '37 3 * * *', [MailAllowances], (allowances) => allowances.deleteOld()),
  cron('delete old refusals of the frequency cap', '27 3 * * *', [RefusalWatch], (watch) => watch.deleteOld()),

  // Metrics.
  loop('measure sending', 15_000, [SendingMetrics], (metrics) => metrics.measureQueues()),
  loop('measure slow destinations', 15_000, [SendingMetrics], (metrics) => metrics.measureDestinations()),
  loop('measure stopped partners', 15_000, [SendingMetrics], (metrics) => metrics.measureStops()),

  // Figures. Readers add what is not in a rollup yet, so these may be late.
  loop('fold rollups', 15_000, [Rollups], (rollups) => rollups.fold()),
  // Days in advance would do, but a demonstration moves the calendar.
  loop('release results', 15_000, [ResultReleases], (results) => results.releaseDue()),
  loop('count hold-outs', 15_000, [ProgrammeLift], (lift) => lift.makeDue()),
  loop('fold progress', 15_000, [StepRecords], (records) => records.fold()),
  cron('reject unopened clicks', '* * * * *', [ClickVerdicts], (verdicts) => verdicts.rejectUnopened(SCHEDULER)),

  // Who is in a segment follows its contacts within seconds: it may start a campaign for them.
  loop('evaluate segments', 1_000, [Segments], (segments) => segments.evaluateDue()),

  // Leads. Clicks are evaluated soon: a partner should see a lead within
  // seconds.
  loop('evaluate clicks for leads', 2_000, [ClickLeads], (leads) => leads.evaluateDue()),
  loop('remind of leads', 30_000, [LeadReminders], (reminders) => reminders.sendDue()),
  loop('notify of planned ends', 60_000, [ActivationControl], (control) => control.notifyOfPlannedEnds()),
  loop('end partnerships', 15_000, [Partnerships], (partnerships) => partnerships.endDue()),
  // A queued job does it at once; this continues after a process that died.
  loop('continue recalls', 15_000, [RecallWork], (recalls) => recalls.continueAll()),
  loop('end expired campaigns', 60_000, [Lifetimes], (lifetimes) => lifetimes.endExpired()),
  loop('tell of ends', 60_000, [EndNotices], (notices) => notices.tellDue()),
  loop('open waves', 15_000, [Waves], (waves) => waves.openDue()),
  loop('update running campaigns', 5_000, [UpdateRuns], (updates) => updates.runDue()),
  loop('notify of new versions', 30_000, [VersionNotifications], (versions) => versions.notifyDue()),
  loop('notify of campaigns', 30_000, [CampaignNews], (news) => news.notifyDue()),
  // Partners that joined, changed their group, or are in a wave that opened.
  loop('record available campaigns', 300_000, [CampaignNews], (news) => news.recordAvailable()),
  loop('remind of first launches', 300_000, [OnboardingReminders], (reminders) => reminders.remindDue()),
  loop('tell vendors of their programmes', 300_000, [VendorNews], (news) => news.tellDue()),
  loop('tell of finished campaigns', 60_000, [ResultMails], (mails) => mails.tellOfFinished()),
  loop('send saved views', 60_000, [ViewMails], (views) => views.sendDue()),
  loop('send weekly summaries', 60_000, [WeeklySummaries], (summaries) => summaries.sendDue()),

  // Partners. An import invites within a minute, as far as the limits of a day allow.
  loop('send waiting invitations', 30_000, [WaitingInvitations], (waiting) => waiting.sendDue()),
  // Once a day each programme; asked for more often, so that no day is missed.
  loop('evaluate tiers', 60_000, [TierEvaluations], (tiers) => tiers.evaluateDue()),
  loop('tell partners of their tiers', 30_000, [TierNews], (news) => news.tellDue()),

  // Webhooks. An event reaches its endpoint within two seconds.
  loop('dispatch webhooks', 500, [WebhookEvents, WebhookDispatch], async (events, dispatch) => {
    const isMore = await events.fanOut();
    return (await dispatch.claim()) || isMore;
  }),
  cron('delete old webhook events', '17 * * * *', [WebhookEvents], (events) => events.deleteOld()),

  // Retention.
  cron('apply retention rules', RETENTION_CRON, [Retentions], (retentions) => retentions.runAll()),
  loop('delete organisations', 15_000, [OrganisationDeletions], (deletions) => deletions.beginDue()),
  cron('delete old sign-in records', '47 * * * *', [OldSignInRecords], (records) => records.delete()),
  cron('delete old applications', '49 * * * *', [ApplicationRequests], (requests) => requests.deleteOld()),
  cron('delete old suggestions', '50 * * * *', [ColleagueSuggestions], (suggestions) => suggestions.deleteOld()),
  cron('delete unsent system mails', '52 * * * *', [SystemMail], (mail) => mail.deleteUnsent()),
  cron('delete old notifications', '57 3 * * *', [Inbox], (inbox) => inbox.deleteOld()),
  cron('delete expired exports', '2-59/5 * * * *', [OrganisationExports], (exports) => exports.deleteExpired()),
  cron('delete temporary files', '40 * * * *', [TemporaryFiles], (files) =>
    files.sweep(new Date(Date.now() - TEMPORARY_FILE_MS)),
  ),
  cron('delete unused files of campaigns', '33 * * * *', [StoredBlobs], (stored) =>
    stored.deleteUnused(new Date(Date.now() - UNUSED_FILE_MS)),
  ),
];
