-- Keeps a contact from being erased until the transaction ends.
-- Returns false if there is no such contact.
CREATE OR REPLACE FUNCTION contacts.lock_contact(id uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM contacts.contact c WHERE c.id = lock_contact.id FOR KEY SHARE;
  RETURN FOUND;
END $$;
