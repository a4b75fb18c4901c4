import { hkdfSync } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { isHeldOut } from '#experiments';
import { Clock, DAY_MS, HOUR_MS, type PartnerId, partnerProcess, systemActor, type VendorId } from '#kernel';
import { Notifier } from '#notifications';
import { REMINDED, reminderKey } from './onboarding-reminder-mail.service.js';
import { measured, OnboardingStates } from './onboarding-states.service.js';
import type { VendorReminderSettings } from './reminder-settings.service.js';

const NAME = 'onboarding-reminders';
const REMINDERS = systemActor(NAME);
/** Partners in one page. */
const PAGE = 100;
/** What a partner does later does not count for the effect. */
const MEASURED_DAYS = 28;
/** Some eight queries per partner and look: 5,000 partners are two queries per second. */
const LOOK_AGAIN_MS = 6 * HOUR_MS;

/**
 * The partners that a vendor's reminders are for: since when, whether one is held out, and
 * what it has done since. All of it is recorded for the held out in the same way as for the
 * others, so that the two groups differ in the reminders only.
 */
@Injectable()
export class RemindedPartners {
  private readonly logger = new Logger(RemindedPartners.name);
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly states: OnboardingStates,
    private readonly notifier: Notifier,
    @Inject(CONFIG) { SECRET_KEY }: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'throughline/activations/reminder-hold-out', 32));
  }

  /** Records partners that have launched nothing for as long as the vendor has set. Once each. */
  async addDue({ vendorId, firstAfterDays, holdOutPercent }: VendorReminderSettings): Promise<void> {
    const joinedBefore = new Date(this.clock.now().getTime() - firstAfterDays * DAY_MS);
    const due = await this.database.inTransaction(REMINDERS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        // In random order: partners that cannot do anything yet would fill the page.
        `SELECT partner_id FROM (
           SELECT DISTINCT m.partner_id FROM organisations.membership_view m
           WHERE m.vendor_id = $1 AND m.status = 'active' AND m.joined_at <= $2
             AND NOT EXISTS (SELECT FROM activations.activation a WHERE a.partner_id = m.partner_id AND a.vendor_id = $1)
             AND NOT EXISTS (SELECT FROM activations.onboarding_reminder r
               WHERE r.vendor_id = $1 AND r.partner_id = m.partner_id)) AS due
         ORDER BY random() LIMIT $3`,
        [vendorId, joinedBefore, PAGE],
      ),
    );
    for (const { partnerId } of due)
      await this.orLog(() => this.add(vendorId, partnerId, isHeldOut(this.key, [vendorId, partnerId], holdOutPercent)));
  }

  /** Records which steps partners have done, for as long as they count. */
  async observeDue(): Promise<void> {
    const now = this.clock.now().getTime();
    const due = await this.database.inTransaction(REMINDERS, () =>
      this.database.query<{ vendorId: VendorId; partnerId: PartnerId }>(
        // The last look is the first one after the time: it counts what was done until then.
        `SELECT vendor_id, partner_id FROM activations.onboarding_reminder
         WHERE observed_at <= $1 AND observed_at < due_at + $2 * interval '1 day' ORDER BY observed_at LIMIT $3`,
        [new Date(now - LOOK_AGAIN_MS), MEASURED_DAYS, PAGE],
      ),
    );
    for (const { vendorId, partnerId } of due) await this.orLog(() => this.observe(vendorId, partnerId));
  }

  private async add(vendorId: VendorId, partnerId: PartnerId, heldOut: boolean): Promise<void> {
    const actor = partnerProcess(NAME, partnerId);
    await this.database.inTransaction(actor, async () => {
      const { canGoOn, openSteps } = await this.states.read(actor, vendorId);
      if (!canGoOn || !openSteps.includes('launch')) return;
      await this.database.query(
        `INSERT INTO activations.onboarding_reminder
           (vendor_id, partner_id, due_at, is_held_out, open_steps, observed_at, next_at, stop_reason, stopped_at)
         VALUES ($1, $2, $3, $4, $5, $3, CASE WHEN $4 THEN NULL ELSE $3::timestamptz END,
           CASE WHEN $4 THEN 'held-out' END, CASE WHEN $4 THEN $3::timestamptz END)
         ON CONFLICT DO NOTHING`,
        [vendorId, partnerId, this.clock.now(), heldOut, measured(openSteps)],
      );
    });
  }

  private async observe(vendorId: VendorId, partnerId: PartnerId): Promise<void> {
    const actor = partnerProcess(NAME, partnerId);
    await this.database.inTransaction(actor, async () => {
      const { openSteps } = await this.states.read(actor, vendorId);
      if (!openSteps.includes('launch')) await this.stopLaunched(vendorId, partnerId);
      await this.database.query(
        `UPDATE activations.onboarding_reminder SET observed_at = $3,
           done_steps = (SELECT coalesce(array_agg(step), '{}') FROM unnest(open_steps) step WHERE step <> ALL ($4))
         WHERE vendor_id = $1 AND partner_id = $2`,
        [vendorId, partnerId, this.clock.now(), openSteps],
      );
    });
  }

  /** Joins the open transaction. Nor does a weekly summary remind of it any more. */
  async stopLaunched(vendorId: VendorId, partnerId: PartnerId): Promise<void> {
    const [stopped] = await this.database.query<{ sent: number }>(
      `UPDATE activations.onboarding_reminder SET next_at = NULL, stop_reason = 'launched', stopped_at = $3
       WHERE vendor_id = $1 AND partner_id = $2 AND next_at IS NOT NULL RETURNING sent`,
      [vendorId, partnerId, this.clock.now()],
    );
    const keys = Array.from({ length: stopped?.sent ?? 0 }, (_, index) => reminderKey(vendorId, index + 1));
    await this.notifier.withdraw([partnerId], REMINDED, keys);
  }

  /** A failure blocks no other partner: it is tried again. */
  private async orLog(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error('A partner could not be looked at for reminders; it is tried again.', error);
    }
  }
}
