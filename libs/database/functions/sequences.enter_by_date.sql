-- Contacts whose day of entry by a rule has come since the last look, in the open transaction of the
-- partner's scope. Returns how many: at most 20,000, so that no transaction is long. Where there may be more,
-- the rule is due again at once, behind the others. The day of the last look is looked at again: it was not
-- over. The column stands in the statement, so that its index is used. Rows are locked in the order of
-- sequences.request_by_date: an import may write the same.
CREATE OR REPLACE FUNCTION sequences.enter_by_date(activation uuid, entry text, now_at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  most CONSTANT bigint := 20000;
  rule record;
  today date;
  n bigint := 0;
BEGIN
  SELECT d.partner_id, d.from_on, r.days, a.time_zone, a.status, a.planned_end_at,
    CASE r.name WHEN 'renewsOn' THEN 'renews_on' WHEN 'warrantyEndsOn' THEN 'warranty_ends_on'
      WHEN 'trialEndsOn' THEN 'trial_ends_on' WHEN 'purchasedOn' THEN 'purchased_on' END AS column_name
  INTO rule FROM sequences.date_rule d JOIN sequences.entry_rule r USING (activation_id, entry_key)
  JOIN activations.activation a ON a.id = d.activation_id WHERE d.activation_id = activation AND d.entry_key = entry FOR UPDATE OF d;
  IF NOT FOUND THEN RETURN 0; END IF;
  IF rule.planned_end_at <= now_at OR rule.status NOT IN ('active', 'held') THEN
    DELETE FROM sequences.date_rule WHERE activation_id = activation AND entry_key = entry;
    RETURN 0;
  END IF;
  today := (now_at AT TIME ZONE rule.time_zone)::date;
  EXECUTE format(
    'WITH come AS (
       SELECT c.id, c.%1$I AS date_on FROM contacts.contact c
       WHERE c.partner_id = $3 AND c.%1$I BETWEEN $4 AND $5 AND NOT EXISTS (
         SELECT FROM sequences.passed_date p
         WHERE p.activation_id = $1 AND p.entry_key = $2 AND p.contact_id = c.id AND p.date_on = c.%1$I)
       ORDER BY c.id LIMIT $7),
     passed AS (
       INSERT INTO sequences.passed_date (activation_id, entry_key, contact_id, date_on, partner_id)
       SELECT $1, $2, id, date_on, $3 FROM come ORDER BY id
       ON CONFLICT DO NOTHING RETURNING contact_id),
     requested AS (
       INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at, is_bulk)
       SELECT $1, $3, contact_id, $2, $6, true FROM passed)
     SELECT count(*) FROM come', rule.column_name)
    INTO n USING activation, entry, rule.partner_id, rule.from_on - rule.days, today - rule.days, now_at, most;
  UPDATE sequences.date_rule SET
    from_on = CASE WHEN n < most THEN greatest(rule.from_on, today) ELSE from_on END,
    next_at = CASE WHEN n < most THEN least(now_at + interval '1 hour', ((today + 1)::timestamp AT TIME ZONE rule.time_zone)) ELSE now_at END
  WHERE activation_id = activation AND entry_key = entry;
  RETURN n;
END $$;
