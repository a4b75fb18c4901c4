CREATE OR REPLACE FUNCTION sequences.delete_contact_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sequences.event WHERE contact_id = OLD.id;
  DELETE FROM sequences.exclusion WHERE contact_id = OLD.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER delete_contact_events AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION sequences.delete_contact_events();
