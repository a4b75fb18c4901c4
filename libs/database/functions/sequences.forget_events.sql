CREATE OR REPLACE FUNCTION sequences.forget_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sequences.event WHERE contact_id = OLD.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER events_are_forgotten AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION sequences.forget_events();
