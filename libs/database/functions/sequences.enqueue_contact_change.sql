-- Changed fields of a contact go to the inbox of each enrolment whose conditions may depend on
-- them.
CREATE OR REPLACE FUNCTION sequences.enqueue_contact_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at)
  SELECT e.id, e.partner_id, 'field', n.updated_at FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN sequences.enrolment e ON e.contact_id = n.id
  WHERE e.listens AND e.state IN ('waiting', 'running')
    AND (o.industry, o.persona, o.stage, o.segment, o.country, o.language, o.company)
      IS DISTINCT FROM (n.industry, n.persona, n.stage, n.segment, n.country, n.language, n.company);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_contact_change AFTER UPDATE ON contacts.contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.enqueue_contact_change();
