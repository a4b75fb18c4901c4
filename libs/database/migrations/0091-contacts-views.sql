-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

-- Which contacts exist. Their data is read through the lib.
CREATE VIEW contacts.contact_view WITH (security_invoker = true) AS
  SELECT id, partner_id, updated_at
  FROM contacts.contact;
GRANT SELECT ON contacts.contact_view TO throughline_app;

CREATE VIEW contacts.consent_record_view WITH (security_invoker = true) AS
  SELECT id, contact_id, recorded_at
  FROM contacts.consent_record;
GRANT SELECT ON contacts.consent_record_view TO throughline_app;

CREATE VIEW contacts.opt_in_view WITH (security_invoker = true) AS
  SELECT id, contact_id, activation_id, text_shown, language, requested_at, expires_at, confirmed_at,
    encode(requested_from, 'hex') AS requested_from_hash, encode(confirmed_from, 'hex') AS confirmed_from_hash
  FROM contacts.opt_in;
GRANT SELECT ON contacts.opt_in_view TO throughline_app;

-- The lists of a contact, by name.
CREATE VIEW contacts.contact_list_member_view WITH (security_invoker = true) AS
  SELECT m.contact_id, l.name AS list_name
  FROM contacts.contact_list_member m JOIN contacts.contact_list l ON l.id = m.list_id;
GRANT SELECT ON contacts.contact_list_member_view TO throughline_app;
