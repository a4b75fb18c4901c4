-- needs: sequences.contact_value
-- A contact whose field becomes one of the values of a rule enters. A contact that had one before
-- does not, nor does a new contact: for those there are lists. Per statement: an import changes tens
-- of thousands.
CREATE OR REPLACE FUNCTION sequences.request_by_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Most changes concern a partner without such a rule.
  IF NOT EXISTS (SELECT FROM sequences.entry_rule r WHERE r.kind = 'field' AND r.partner_id = (SELECT partner_id FROM new_rows LIMIT 1)) THEN RETURN NULL; END IF;
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at, is_bulk)
  SELECT r.activation_id, r.partner_id, v.id, r.entry_key, v.at, true
  FROM sequences.entry_rule r JOIN activations.activation a ON a.id = r.activation_id CROSS JOIN LATERAL (
    SELECT n.id, n.updated_at AS at,
      sequences.contact_value(r.name, n.industry, n.persona, n.stage, n.segment, n.country, n.language, n.company) AS now,
      sequences.contact_value(r.name, o.industry, o.persona, o.stage, o.segment, o.country, o.language, o.company) AS before
    FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.partner_id = r.partner_id) v
  WHERE r.kind = 'field' AND r.partner_id = (SELECT partner_id FROM new_rows LIMIT 1) AND a.status IN ('active', 'held')
    AND coalesce(v.now = ANY (r.accepted), false) <> r.is_not AND coalesce(v.before = ANY (r.accepted), false) = r.is_not;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_field AFTER UPDATE ON contacts.contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION sequences.request_by_field();
