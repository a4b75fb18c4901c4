import { Injectable } from '@nestjs/common';
import { MEASURED_STEPS, type MeasuredStep, type OnboardingReminderState, type OnboardingStepEffect } from '#contracts';
import { Database } from '#database';
import { type Proportion, proportionDifference } from '#experiments';
import type { PartnerId, VendorActor } from '#kernel';

/** A partner that became due for reminders. */
export interface PartnerOfReminders {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly dueAt: Date;
  readonly state: OnboardingReminderState;
  readonly sent: number;
  readonly lastSentAt: Date | null;
  readonly nextAt: Date | null;
}

interface Counted {
  readonly step: MeasuredStep;
  readonly isHeldOut: boolean;
  readonly partners: number;
  readonly done: number;
}

const shareOf = ({ partners, done }: Pick<Counted, 'partners' | 'done'>): Proportion => ({ done, of: partners });

/** What a vendor sees of its reminders: by partner, and their effect. */
@Injectable()
export class ReminderResults {
  constructor(private readonly database: Database) {}

  /**
   * Compares partners by the group that was drawn, whether they were mailed or not: those
   * that would refuse mails are in both groups, so leaving them out of one would be unfair.
   * @param since partners that became due before are left out; null: there are none.
   */
  async effect(actor: VendorActor, since: Date | null): Promise<OnboardingStepEffect[]> {
    const counted = await this.database.inTransaction(actor, () =>
      this.database.query<Counted>(
        `SELECT step, is_held_out, count(*)::int AS partners, count(*) FILTER (WHERE step = ANY (done_steps))::int AS done
         FROM activations.onboarding_reminder, unnest(open_steps) step
         WHERE vendor_id = $1 AND due_at >= $2 GROUP BY step, is_held_out`,
        [actor.vendorId, since],
      ),
    );
    return MEASURED_STEPS.map((step) => {
      const group = (heldOut: boolean): Pick<Counted, 'partners' | 'done'> => {
        const found = counted.find((one) => one.step === step && one.isHeldOut === heldOut);
        return { partners: found?.partners ?? 0, done: found?.done ?? 0 };
      };
      const [reminded, heldOut] = [group(false), group(true)];
      return { step, reminded, heldOut, difference: proportionDifference(shareOf(reminded), shareOf(heldOut)) };
    });
  }

  /**
   * Partners that became due, in the order of their ids; pages by the last one seen.
   * @param page `state` null: all.
   */
  async partners(
    actor: VendorActor,
    page: {
      readonly state: OnboardingReminderState | null;
      readonly limit: number;
      readonly afterId: PartnerId | null;
    },
  ): Promise<PartnerOfReminders[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerOfReminders>(
        `SELECT r.partner_id, o.name, r.due_at, coalesce(r.stop_reason, 'waiting') AS state, r.sent, r.last_sent_at, r.next_at
         FROM activations.onboarding_reminder r JOIN organisations.organisation_view o ON o.id = r.partner_id
         WHERE r.vendor_id = $1 AND ($2::uuid IS NULL OR r.partner_id > $2)
           AND ($3::text IS NULL OR coalesce(r.stop_reason, 'waiting') = $3)
         ORDER BY r.partner_id LIMIT $4`,
        [actor.vendorId, page.afterId, page.state, page.limit],
      ),
    );
  }
}
