import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { Database } from '#database';
import type { PlannedMessage } from '#delivery';
import { type ActivationId, type CampaignId, type EnrolmentId, groupBy, type PartnerId } from '#kernel';
import { dayOf, nextDay, grantedOfDay } from './daily-quota.js';

/** Keeps to how many e-mails of a campaign a partner sends in a day (UTC). */
@Injectable()
export class DailyLimits {
  constructor(private readonly database: Database) {}

  /**
   * Reserves a place of the day for each planned message of a limited campaign,
   * in order. Joins the open transaction.
   * @returns messages without a place, and when the next day begins.
   */
  async overLimit(
    planned: readonly PlannedMessage[],
    running: ReadonlyMap<ActivationId, RunningActivation>,
    now: Date,
  ): Promise<{ enrolmentId: EnrolmentId; dueAt: Date }[]> {
    const over: { enrolmentId: EnrolmentId; dueAt: Date }[] = [];
    const tomorrow = nextDay(now);
    // One order everywhere.
    // Two claims may share no partner, but a deadlock must not depend on it.
    for (const [activationId, messages] of [...groupBy(planned, (one) => one.activationId)].sort()) {
      const found = running.get(activationId);
      const limit = found?.sequence.dailyLimit;
      if (found === undefined || limit === undefined) continue;
      const { partnerId, campaignId } = found.activation;
      const granted = await this.grant(partnerId, campaignId, messages.length, limit, now);
      over.push(...messages.slice(granted).map(({ enrolmentId }) => ({ enrolmentId, dueAt: tomorrow })));
    }
    return over;
  }

  /**
   * Places used per day, from a day on, of a partner's campaign.
   * Joins the open transaction of either.
   */
  async usedSince(partnerId: PartnerId, campaignId: CampaignId, from: Date): Promise<Map<string, number>> {
    const rows = await this.database.query<{ day: string; n: number }>(
      'SELECT on_day::text AS day, n FROM sequences.daily_count WHERE partner_id = $1 AND campaign_id = $2 AND on_day >= $3',
      [partnerId, campaignId, dayOf(from)],
    );
    return new Map(rows.map(({ day, n }) => [day, n]));
  }

  private async grant(
    partnerId: PartnerId,
    campaignId: CampaignId,
    wanted: number,
    limit: number,
    now: Date,
  ): Promise<number> {
    const key = [partnerId, campaignId, dayOf(now)];
    await this.database.query(
      'INSERT INTO sequences.daily_count (partner_id, campaign_id, on_day, n) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING',
      key,
    );
    const [day] = await this.database.query<{ n: number }>(
      'SELECT n FROM sequences.daily_count WHERE partner_id = $1 AND campaign_id = $2 AND on_day = $3 FOR UPDATE',
      key,
    );
    const granted = grantedOfDay(limit, day?.n ?? 0, wanted);
    if (granted > 0)
      await this.database.query(
        'UPDATE sequences.daily_count SET n = n + $4 WHERE partner_id = $1 AND campaign_id = $2 AND on_day = $3',
        [...key, granted],
      );
    return granted;
  }
}
