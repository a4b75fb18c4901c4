-- The text that a search of contacts compares, for lists of other libs that show a contact: address, name and company, in
-- lower case. Row-level security of the contacts holds for the reader.
CREATE VIEW contacts.contact_text_view WITH (security_invoker = true) AS
  SELECT id, search_text
  FROM contacts.contact;
GRANT SELECT ON contacts.contact_text_view TO throughline_app;
