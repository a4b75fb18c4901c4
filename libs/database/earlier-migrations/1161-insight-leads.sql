-- Since when an activation has leads and business won: one look each, however many days lie behind. Without `n`, whose changes then stay on their page.
CREATE INDEX daily_of_leads ON insight.daily (activation_id, metric, on_day) WHERE metric IN ('leads', 'won');
