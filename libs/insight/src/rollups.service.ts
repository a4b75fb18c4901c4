import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type PartnerId, systemActor } from '#kernel';

const INSIGHT = systemActor('insight');
const PAGE = 20_000;

/**
 * The two ledgers, entries by source, and won deals by the day they closed, in the form of `insight.fact`: the
 * only source of these numbers.
 */
const FROM_THE_LEDGERS = `
  SELECT m.activation_id, m.partner_id, m.vendor_id, m.step_key, coalesce(m.variant, '') AS variant,
    (m.settled_at AT TIME ZONE 'UTC')::date AS on_day, metric, count(*) AS n
  FROM delivery.message_view m, unnest(insight.message_metrics(m.state, m.reason)) metric
  WHERE m.partner_id = $1 AND m.settled_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL
  SELECT t.activation_id, t.partner_id, t.vendor_id, coalesce(m.step_key, ''), coalesce(m.variant, ''),
    (t.at AT TIME ZONE 'UTC')::date, metric, count(*)
  FROM engagement.interaction_with_verdict t LEFT JOIN delivery.message_view m ON m.id = t.message_id,
    unnest(ARRAY[insight.interaction_metric(t.kind, t.verdict), insight.source_metric(t.kind, t.verdict, t.source)]) metric
  WHERE t.partner_id = $1 AND t.kind <> 'legal-link' AND metric IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL
  SELECT e.activation_id, e.partner_id, a.vendor_id, '', '', (e.enrolled_at AT TIME ZONE 'UTC')::date, 'entries/' || e.source, count(*)
  FROM sequences.enrolment_view e JOIN activations.activation_view a ON a.id = e.activation_id
  WHERE e.partner_id = $1 AND e.source IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL
  SELECT d.activation_id, d.partner_id, a.vendor_id, p.step_key, p.variant, d.closed_on, 'won', count(*)
  FROM leads.deal_view d JOIN activations.activation_view a ON a.id = d.activation_id,
    insight.step_of_lead(d.activation_id, d.contact_id) p
  WHERE d.partner_id = $1 AND d.stage = 'won' GROUP BY 1, 2, 3, 4, 5, 6, 7`;

/** Keeps the numbers small and true. */
@Injectable()
export class Rollups {
  constructor(private readonly database: Database) {}

  /**
   * Folds new counts into days, in one statement. So no reader sees a number
   * twice or not at all. Triggers add the counts:
   * libs/database/functions/insight.count_messages.sql,
   * libs/database/functions/insight.count_interaction.sql,
   * libs/database/functions/insight.count_deal.sql.
   * @returns whether there is more.
   */
  async fold(): Promise<boolean> {
    const [folded] = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ rows: number }>(
        `WITH taken AS (
           DELETE FROM insight.delta WHERE id IN (SELECT id FROM insight.delta ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *),
         folded AS (
           INSERT INTO insight.daily AS d (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
           SELECT activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, sum(n) FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 4, 5, 6, 7
           ON CONFLICT (activation_id, step_key, variant, on_day, metric) DO UPDATE SET n = d.n + excluded.n)
         SELECT count(*)::int AS rows FROM taken`,
        [PAGE],
      ),
    );
    return (folded?.rows ?? 0) === PAGE;
  }

  /**
   * Counts a partner's ledgers again and corrects the differences.
   * One statement, so one snapshot: sending need not stop.
   * Rebuilds emptied tables.
   * @returns how many numbers were wrong.
   */
  async reconcile(partnerId: PartnerId): Promise<number> {
    const wrong = await this.database.inTransaction(systemActor('insight', { partnerId }), () =>
      this.database.query(
        `INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
         SELECT activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, sum(n) FROM (
           ${FROM_THE_LEDGERS}
           UNION ALL SELECT activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, -n FROM insight.fact WHERE partner_id = $1) both_sides
         GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0 RETURNING id`,
        [partnerId],
      ),
    );
    return wrong.length;
  }
}
