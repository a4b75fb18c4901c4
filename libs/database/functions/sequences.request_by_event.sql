-- An event of a contact makes it enter every running activation of the partner that waits for it.
CREATE OR REPLACE FUNCTION sequences.request_by_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at)
  SELECT r.activation_id, r.partner_id, NEW.contact_id, r.entry_key, NEW.at
  FROM sequences.entry_rule r JOIN activations.activation a ON a.id = r.activation_id
  WHERE r.partner_id = NEW.partner_id AND r.kind = 'event' AND r.name = NEW.name AND a.status IN ('active', 'held');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_event AFTER INSERT ON sequences.event FOR EACH ROW
  WHEN (NEW.kind = 'event') EXECUTE FUNCTION sequences.request_by_event();
