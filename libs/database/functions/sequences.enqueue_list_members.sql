-- Per statement: an import adds tens of thousands.
CREATE OR REPLACE FUNCTION sequences.enqueue_list_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'list', l.name, a.added_at FROM added a JOIN contacts.contact_list l ON l.id = a.list_id
  JOIN sequences.enrolment e ON e.contact_id = a.contact_id WHERE e.listens AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER enqueue_list_members AFTER INSERT ON contacts.contact_list_member REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.enqueue_list_members();
