-- A cap holds in any seven days, not from Monday to Sunday: for each address the moments of its touches, at most as many as the cap.
ALTER TABLE contacts.touch RENAME TO touch_by_week;
ALTER INDEX contacts.touch_pkey RENAME TO touch_by_week_pkey;
CREATE TABLE contacts.touch (
  vendor_id uuid NOT NULL,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  -- In whole minutes, oldest first; what no window counts any more goes with the next touch.
  taken timestamptz[] NOT NULL,
  PRIMARY KEY (vendor_id, email_key, key_version)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);

-- An owner without the right to bypass policies would see no row.
ALTER TABLE contacts.touch_by_week NO FORCE ROW LEVEL SECURITY;
-- When in its week a touch was taken nobody knows: the latest moment is the one that sends nothing too early.
INSERT INTO contacts.touch (vendor_id, key_version, email_key, taken)
SELECT vendor_id, key_version, email_key, array_agg(at ORDER BY at)
FROM (SELECT w.*, least(date_trunc('minute', now()), (window_starts_on + 7)::timestamp AT TIME ZONE 'UTC') AS at FROM contacts.touch_by_week w, generate_series(1, n)
      WHERE window_starts_on > (now() AT TIME ZONE 'UTC')::date - 14) touches
GROUP BY 1, 2, 3;
DROP TABLE contacts.touch_by_week;

ALTER TABLE contacts.touch ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.touch FORCE ROW LEVEL SECURITY;
CREATE POLICY touch_by_process ON contacts.touch USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.touch TO throughline_app;

-- The moment of the touch that a message holds: a retry moves it and takes no second one.
ALTER TABLE delivery.message ADD COLUMN touched_at timestamptz;
ALTER TABLE delivery.message NO FORCE ROW LEVEL SECURITY;
UPDATE delivery.message SET touched_at = least(date_trunc('minute', now()), (touch_window + 7)::timestamp AT TIME ZONE 'UTC')
WHERE touch_window > (now() AT TIME ZONE 'UTC')::date - 14;
ALTER TABLE delivery.message FORCE ROW LEVEL SECURITY;
ALTER TABLE delivery.message DROP COLUMN touch_window;
