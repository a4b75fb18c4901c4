-- Small letters of every alphabet, whatever language the database was made with: one made with C knows none beyond A to Z, and Ömer was not
-- found as ömer.
ALTER TABLE contacts.contact ALTER COLUMN search_text SET EXPRESSION AS (
  left(lower((email || coalesce(' ' || first_name, '') || coalesce(' ' || last_name, '') || coalesce(' ' || company, '')) COLLATE "pg_c_utf8"), 520));
