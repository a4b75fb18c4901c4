-- A form or a document makes its person enter the activation's sequence, where a rule says so. After
-- the activation has ended, too: then the request gets its reason. An interaction without the name of
-- its page is one of the activation's only page.
CREATE OR REPLACE FUNCTION sequences.request_by_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, source, at)
  SELECT r.activation_id, r.partner_id, NEW.contact_id, r.entry_key, NEW.source, NEW.at FROM sequences.entry_rule r
  WHERE r.activation_id = NEW.activation_id AND r.kind = NEW.kind AND (r.name IS NULL OR NEW.link_name IS NULL OR r.name = NEW.link_name);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_interaction AFTER INSERT ON engagement.interaction FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL AND NEW.kind IN ('form', 'document') AND NEW.verdict IS DISTINCT FROM 'machine')
  EXECUTE FUNCTION sequences.request_by_interaction();
