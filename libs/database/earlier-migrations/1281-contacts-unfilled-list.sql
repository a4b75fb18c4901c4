-- A list that an import was to fill and that nothing came to is taken away; the import, which says what became of it, stays.
ALTER TABLE contacts.contact_import
  ADD COLUMN made_list boolean NOT NULL DEFAULT false,
  ALTER COLUMN list_id DROP NOT NULL;
