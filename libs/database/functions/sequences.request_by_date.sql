-- needs: sequences.contact_date
-- A contact that gets a date whose day of entry is today enters at once. For later days the scheduler
-- looks: sequences.enter_by_date.sql. It does so at the start of a launch, before which nobody enters: a
-- date may be corrected until then. A day that is over enters nobody. Per statement: an import writes tens
-- of thousands.
CREATE OR REPLACE FUNCTION sequences.request_by_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Most changes concern a partner without such a rule.
  IF NOT EXISTS (SELECT FROM sequences.date_rule d WHERE d.partner_id = (SELECT partner_id FROM new_rows LIMIT 1)) THEN RETURN NULL; END IF;
  WITH given AS (
    SELECT d.activation_id, d.entry_key, d.partner_id, n.id, n.updated_at AS at,
      sequences.contact_date(r.name, n.renews_on, n.warranty_ends_on, n.trial_ends_on, n.purchased_on) AS date_on,
      r.days, d.from_on, (n.updated_at AT TIME ZONE a.time_zone)::date AS today
    FROM new_rows n JOIN sequences.date_rule d ON d.partner_id = n.partner_id
    JOIN sequences.entry_rule r ON r.activation_id = d.activation_id AND r.entry_key = d.entry_key
    JOIN activations.activation a ON a.id = d.activation_id AND a.status IN ('active', 'held') AND a.start_at <= n.updated_at),
  passed AS (
    INSERT INTO sequences.passed_date (activation_id, entry_key, contact_id, date_on, partner_id)
    SELECT activation_id, entry_key, id, date_on, partner_id FROM given WHERE date_on + days BETWEEN from_on AND today
    ORDER BY activation_id, entry_key, id
    ON CONFLICT DO NOTHING RETURNING activation_id, entry_key, contact_id)
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at, is_bulk)
  SELECT g.activation_id, g.partner_id, g.id, g.entry_key, g.at, true
  FROM passed p JOIN given g ON g.activation_id = p.activation_id AND g.entry_key = p.entry_key AND g.id = p.contact_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_new_date AFTER INSERT ON contacts.contact REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sequences.request_by_date();
CREATE OR REPLACE TRIGGER request_by_changed_date AFTER UPDATE ON contacts.contact REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sequences.request_by_date();
