-- needs: audit.search_text, database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

CREATE TABLE audit.entry (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  -- The authority: a person, an API key or a process, and the organisation it acted for.
  actor_kind text NOT NULL CHECK (actor_kind IN ('vendor', 'partner', 'system')),
  actor_name text NOT NULL,
  actor_user_id uuid,
  actor_api_key_id uuid,
  vendor_id uuid,
  partner_id uuid,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  -- Cut to 500 characters: an index entry holds 2,704 bytes, and a character takes up to four.
  search_text text NOT NULL GENERATED ALWAYS AS (
    left(audit.search_text(actor_name, action, subject_kind, subject_id, details), 500)) STORED,
  -- The whole text, where `search_text` is cut.
  long_text text GENERATED ALWAYS AS (
    CASE WHEN length(audit.search_text(actor_name, action, subject_kind, subject_id, details)) > 500
      THEN audit.search_text(actor_name, action, subject_kind, subject_id, details) END) STORED
);
-- Searches read this index and no row. Row-level security prevents the use of a trigram index: its
-- operators are not leakproof.
CREATE INDEX entry_of_partner ON audit.entry (partner_id, id DESC)
  INCLUDE (vendor_id, at, actor_kind, action, search_text) WHERE partner_id IS NOT NULL;
CREATE INDEX entry_of_vendor ON audit.entry (vendor_id, id DESC)
  INCLUDE (partner_id, at, actor_kind, action, search_text) WHERE partner_id IS NULL;
-- For the few entries whose text is cut.
CREATE INDEX entry_long_of_partner ON audit.entry (partner_id, id DESC)
  WHERE long_text IS NOT NULL AND partner_id IS NOT NULL;
CREATE INDEX entry_long_of_vendor ON audit.entry (vendor_id, id DESC)
  WHERE long_text IS NOT NULL AND partner_id IS NULL;
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON audit.entry
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_append ON audit.entry FOR INSERT WITH CHECK (true);
-- An entry about a partner belongs to the partner. A vendor reads only entries without a partner.
CREATE POLICY entry_read ON audit.entry FOR SELECT USING (
  (SELECT database.is_system())
  OR partner_id = (SELECT database.partner_scope())
  OR (partner_id IS NULL AND vendor_id = (SELECT database.vendor_scope()))
);
GRANT SELECT, INSERT ON audit.entry TO throughline_app;
