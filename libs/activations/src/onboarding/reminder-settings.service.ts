import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { OnboardingReminderSettings } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, editVersion, requireCurrent, type SystemActor, type VendorActor, type VendorId } from '#kernel';

/** Settings as they are stored. */
export interface StoredReminderSettings extends OnboardingReminderSettings {
  /** When the hold-out share was last changed; null: nothing was ever saved. */
  readonly measuredSince: Date | null;
}

export interface VendorReminderSettings extends StoredReminderSettings {
  readonly vendorId: VendorId;
}

/** A vendor without settings reminds nobody: e-mails in its name are its own decision. */
const OFF: StoredReminderSettings = {
  isOn: false,
  firstAfterDays: 7,
  againAfterDays: 14,
  holdOutPercent: 10,
  dailyLimit: 100,
  measuredSince: null,
};

/** The version of settings, for editors. */
export const reminderSettingsVersion = (settings: OnboardingReminderSettings): string => {
  const { isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit } = settings;
  return editVersion([isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit]);
};

/** How a vendor reminds partners that joined and launched nothing. */
@Injectable()
export class ReminderSettings {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async get(actor: VendorActor): Promise<StoredReminderSettings> {
    return this.database.inTransaction(actor, () => this.read(actor.vendorId));
  }

  /**
   * @param basedOn the version that was edited; null: replace any.
   * @throws DomainError `edit.stale`.
   */
  async save(
    actor: VendorActor,
    settings: OnboardingReminderSettings,
    basedOn: string | null,
  ): Promise<StoredReminderSettings> {
    requirePermission(actor, 'partners.edit');
    const { vendorId } = actor;
    const { isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit } = settings;
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`onboarding reminders ${vendorId}`);
      requireCurrent(basedOn, reminderSettingsVersion(await this.read(vendorId)));
      await this.database.query(
        `INSERT INTO activations.onboarding_reminder_setting AS s (vendor_id, is_on, first_after_days, again_after_days,
           hold_out_percent, daily_limit, measured_since, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $8, $7, $8)
         ON CONFLICT (vendor_id) DO UPDATE SET is_on = excluded.is_on, first_after_days = excluded.first_after_days,
           again_after_days = excluded.again_after_days, hold_out_percent = excluded.hold_out_percent,
           daily_limit = excluded.daily_limit, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
           measured_since = CASE WHEN s.hold_out_percent = excluded.hold_out_percent
             THEN s.measured_since ELSE excluded.measured_since END`,
        [vendorId, isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit, actor.name, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'onboarding-reminders.changed',
        subject: { kind: 'onboarding-reminders', id: vendorId },
        details: { isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit },
      });
      return this.read(vendorId);
    });
  }

  /** Vendors that remind partners, with their settings. */
  async allOn(actor: SystemActor): Promise<VendorReminderSettings[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT vendor_id, is_on, first_after_days, again_after_days, hold_out_percent, daily_limit, measured_since
         FROM activations.onboarding_reminder_setting WHERE is_on ORDER BY vendor_id`,
      ),
    );
  }

  private async read(vendorId: VendorId): Promise<StoredReminderSettings> {
    const [found] = await this.database.query<StoredReminderSettings>(
      `SELECT is_on, first_after_days, again_after_days, hold_out_percent, daily_limit, measured_since
       FROM activations.onboarding_reminder_setting WHERE vendor_id = $1`,
      [vendorId],
    );
    return found ?? OFF;
  }
}
