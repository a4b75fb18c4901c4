import { Injectable, Logger } from '@nestjs/common';
import type { OnboardingStopReason } from '#contracts';
import { Database } from '#database';
import { Accounts } from '#identity';
import {
  Clock,
  DAY_MS,
  type PartnerId,
  partnerProcess,
  type PartnerProcess,
  systemActor,
  type VendorId,
} from '#kernel';
import { Receipts } from '#notifications';
import { OnboardingReminderMail, REMINDED, reminderKey } from './onboarding-reminder-mail.service.js';
import { type OnboardingState, OnboardingStates } from './onboarding-states.service.js';
import { RemindedPartners } from './reminded-partners.service.js';
import { reminderDecision } from './reminder-decision.js';
import { ReminderSettings, type VendorReminderSettings } from './reminder-settings.service.js';

const NAME = 'onboarding-reminders';
const REMINDERS = systemActor(NAME);
/** Reminders of one run. */
const PAGE = 100;

/** A partner that may get a reminder. */
interface Row {
  readonly sent: number;
  readonly lastSentAt: Date | null;
  readonly unanswered: number;
  readonly openCount: number;
}

/**
 * Reminds partners that joined and launched nothing, as their vendor has set. A reminder
 * names what is open at that moment. Safe in any number of processes.
 */
@Injectable()
export class OnboardingReminders {
  private readonly logger = new Logger(OnboardingReminders.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: ReminderSettings,
    private readonly partners: RemindedPartners,
    private readonly states: OnboardingStates,
    private readonly accounts: Accounts,
    private readonly receipts: Receipts,
    private readonly mail: OnboardingReminderMail,
  ) {}

  /** A failure blocks no other vendor and no other partner. */
  async remindDue(): Promise<void> {
    for (const settings of await this.settings.allOn(REMINDERS)) {
      await this.partners.addDue(settings);
      for (const partnerId of await this.duePartners(settings.vendorId))
        try {
          await this.remind(settings, partnerId);
        } catch (error) {
          this.logger.error('A partner could not be reminded of its first launch; it is tried again.', error);
        }
    }
    await this.partners.observeDue();
  }

  private async duePartners(vendorId: VendorId): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(REMINDERS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT partner_id FROM activations.onboarding_reminder WHERE vendor_id = $1 AND next_at <= $2
         ORDER BY next_at LIMIT $3`,
        [vendorId, this.clock.now(), PAGE],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  /** Reminds a partner, stops, or waits: by what holds now. */
  private async remind(settings: VendorReminderSettings, partnerId: PartnerId): Promise<void> {
    const { vendorId } = settings;
    const actor = partnerProcess(NAME, partnerId);
    await this.database.inTransaction(actor, async () => {
      // Two processes would exceed the limit of a day together.
      await this.database.lock(`onboarding reminders ${vendorId}`);
      const row = await this.claim(vendorId, partnerId);
      if (row === null) return;
      const state = await this.states.read(actor, vendorId);
      const unanswered = (await this.hasAnswered(actor, vendorId, row, state)) ? 0 : row.unanswered;
      const decision = reminderDecision({
        ...state,
        hasLaunched: !state.openSteps.includes('launch'),
        sent: row.sent,
        unanswered,
      });
      if (decision.kind === 'stop') return this.stop(actor, vendorId, decision.reason);
      if (decision.kind === 'wait' || (await this.isLimitReached(settings))) return this.postpone(actor, vendorId);
      const number = row.sent + 1;
      if (!(await this.mail.post(actor, { vendorId, number, openSteps: state.openSteps })))
        return this.postpone(actor, vendorId);
      if (!(await this.receipts.get(partnerId, REMINDED, reminderKey(vendorId, number))).isMailed)
        return this.stop(actor, vendorId, 'refused');
      await this.record(actor, settings, { unanswered: unanswered + 1, openCount: state.openSteps.length });
    });
  }

  /** @returns null if another process has done it meanwhile. */
  private async claim(vendorId: VendorId, partnerId: PartnerId): Promise<Row | null> {
    const [row] = await this.database.query<Row>(
      `SELECT sent, last_sent_at, unanswered, open_count FROM activations.onboarding_reminder
       WHERE vendor_id = $1 AND partner_id = $2 AND next_at <= $3 FOR UPDATE`,
      [vendorId, partnerId, this.clock.now()],
    );
    return row ?? null;
  }

  /** Whether a person was in the portal, has read the reminder, or has done a step since the last one. */
  private async hasAnswered(
    actor: PartnerProcess,
    vendorId: VendorId,
    { sent, lastSentAt, openCount }: Row,
    { openSteps }: OnboardingState,
  ): Promise<boolean> {
    if (lastSentAt === null || openSteps.length < openCount) return true;
    const seenAt = await this.accounts.lastSeenAt(actor, actor.partnerId);
    if (seenAt !== null && seenAt > lastSentAt) return true;
    return (await this.receipts.get(actor.partnerId, REMINDED, reminderKey(vendorId, sent))).readAt !== null;
  }

  private async isLimitReached({ vendorId, dailyLimit }: VendorReminderSettings): Promise<boolean> {
    const [counted] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM activations.onboarding_reminder WHERE vendor_id = $1 AND last_sent_at > $2',
      [vendorId, new Date(this.clock.now().getTime() - DAY_MS)],
    );
    return (counted?.count ?? 0) >= dailyLimit;
  }

  private async record(
    { partnerId }: PartnerProcess,
    { vendorId, againAfterDays }: VendorReminderSettings,
    { unanswered, openCount }: Pick<Row, 'unanswered' | 'openCount'>,
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.query(
      `UPDATE activations.onboarding_reminder SET sent = sent + 1, last_sent_at = $3, next_at = $4, unanswered = $5,
         open_count = $6 WHERE vendor_id = $1 AND partner_id = $2`,
      [vendorId, partnerId, now, new Date(now.getTime() + againAfterDays * DAY_MS), unanswered, openCount],
    );
  }

  private async postpone({ partnerId }: PartnerProcess, vendorId: VendorId): Promise<void> {
    await this.database.query(
      'UPDATE activations.onboarding_reminder SET next_at = $3 WHERE vendor_id = $1 AND partner_id = $2',
      [vendorId, partnerId, new Date(this.clock.now().getTime() + DAY_MS)],
    );
  }

  private async stop({ partnerId }: PartnerProcess, vendorId: VendorId, reason: OnboardingStopReason): Promise<void> {
    if (reason === 'launched') return this.partners.stopLaunched(vendorId, partnerId);
    await this.database.query(
      `UPDATE activations.onboarding_reminder SET next_at = NULL, stop_reason = $3, stopped_at = $4
       WHERE vendor_id = $1 AND partner_id = $2`,
      [vendorId, partnerId, reason, this.clock.now()],
    );
  }
}
