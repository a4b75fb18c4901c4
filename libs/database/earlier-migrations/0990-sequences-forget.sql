-- What was told of a person goes with the contact, and nothing but that: the numbers rest on what was decided, not on it.
CREATE POLICY event_forgotten ON sequences.event FOR DELETE USING (partner_id = (SELECT database.partner_scope()));
GRANT DELETE ON sequences.event TO throughline_app;
CREATE FUNCTION sequences.forget_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sequences.event WHERE contact_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER events_are_forgotten AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION sequences.forget_events();
