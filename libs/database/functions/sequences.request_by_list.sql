-- A contact that joins a list of a running activation enters it, where a rule says so. Per
-- statement: an import adds tens of thousands.
CREATE OR REPLACE FUNCTION sequences.request_by_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, at, is_bulk)
  SELECT r.activation_id, r.partner_id, n.contact_id, r.entry_key, n.added_at, true
  FROM (SELECT DISTINCT list_id FROM added) l JOIN activations.activation_list al ON al.list_id = l.list_id AND al.role = 'include'
  JOIN activations.activation a ON a.id = al.activation_id AND a.status IN ('active', 'held')
  JOIN sequences.entry_rule r ON r.activation_id = a.id AND r.kind = 'joined' JOIN added n ON n.list_id = l.list_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_by_list AFTER INSERT ON contacts.contact_list_member REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.request_by_list();
