-- A lead's state makes its person enter the activation's sequence, where a rule says so.
CREATE OR REPLACE FUNCTION sequences.request_by_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at)
  SELECT r.activation_id, r.partner_id, l.contact_id, r.entry_key, NEW.at
  FROM leads.lead l JOIN sequences.entry_rule r ON r.activation_id = l.activation_id
  WHERE l.id = NEW.lead_id AND r.kind = 'lead' AND NEW.status = ANY (r.accepted);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_lead AFTER INSERT ON leads.lead_event FOR EACH ROW
  WHEN (NEW.kind = 'status') EXECUTE FUNCTION sequences.request_by_lead();
