CREATE SCHEMA contacts;
GRANT USAGE ON SCHEMA contacts TO throughline_app;

-- A person in exactly one partner's lists. No vendor and no process without that partner's scope ever sees a row.
CREATE TABLE contacts.contact (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  email text NOT NULL,
  -- Lower case, domain in ASCII: what makes two spellings the same person.
  email_normalised text NOT NULL,
  first_name text,
  last_name text,
  company text,
  country text CHECK (country ~ '^[A-Z]{2}$'),
  time_zone text,
  language text,
  industry text,
  persona text,
  stage text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (partner_id, email_normalised),
  -- Target of foreign keys that also carry the partner, so that no row can point into another partner's lists.
  UNIQUE (id, partner_id)
);
CREATE INDEX contact_newest ON contacts.contact (partner_id, id);

CREATE TABLE contacts.contact_list (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  name text NOT NULL,
  is_default boolean NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (id, partner_id)
);
CREATE UNIQUE INDEX contact_list_name ON contacts.contact_list (partner_id, lower(name));
CREATE UNIQUE INDEX contact_list_one_default ON contacts.contact_list (partner_id) WHERE is_default;

CREATE TABLE contacts.contact_list_member (
  list_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (list_id, contact_id),
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX contact_list_member_contact ON contacts.contact_list_member (contact_id);

-- Evidence of permission; the newest record of a contact counts, older ones stay as evidence.
CREATE TABLE contacts.consent_record (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  basis text NOT NULL CHECK (basis IN ('customer', 'opt-in', 'legitimate-interest', 'unknown')),
  evidence text,
  source text NOT NULL,
  jurisdiction text,
  -- Where the law lets a basis run out (implied consent in Canada).
  expires_on date,
  recorded_at timestamptz NOT NULL,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX consent_record_newest ON contacts.consent_record (contact_id, id DESC);

-- An address that this partner never mails. The key outlives the address: erasure takes the address away, not the promise.
CREATE TABLE contacts.suppression (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  email text,
  reason text NOT NULL CHECK (reason IN ('unsubscribed', 'complained', 'bounced', 'erased', 'requested', 'legal')),
  source text NOT NULL CHECK (source IN ('person', 'staff', 'provider')),
  suppressed_at timestamptz NOT NULL,
  UNIQUE (partner_id, key_version, email_key)
);
CREATE INDEX suppression_newest ON contacts.suppression (partner_id, id);

-- Suppression beyond one partner: keyed hashes only. The keys are not in the database, so the rows name nobody.
CREATE TABLE contacts.keyed_suppression (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('platform', 'vendor')),
  vendor_id uuid CHECK ((scope = 'vendor') = (vendor_id IS NOT NULL)),
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  reason text NOT NULL CHECK (reason IN ('unsubscribed', 'complained', 'bounced', 'erased', 'requested', 'legal')),
  source text NOT NULL CHECK (source IN ('person', 'staff', 'provider')),
  suppressed_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (email_key, key_version, scope, vendor_id)
);

-- How often a vendor's campaigns reached an address in a window, across partners; keyed hashes only.
CREATE TABLE contacts.touch (
  vendor_id uuid NOT NULL,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  window_starts_on date NOT NULL,
  n smallint NOT NULL CHECK (n >= 0),
  PRIMARY KEY (vendor_id, email_key, key_version, window_starts_on)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);

CREATE TABLE contacts.contact_import (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  list_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
  file_name text NOT NULL,
  encoding text NOT NULL,
  delimiter text NOT NULL,
  -- Field of a contact → column of the file, from 0.
  columns jsonb NOT NULL,
  has_header boolean NOT NULL,
  basis text NOT NULL CHECK (basis IN ('customer', 'opt-in', 'legitimate-interest', 'unknown')),
  evidence text,
  jurisdiction text,
  idempotency_key text,
  request_hash text NOT NULL,
  -- Rows of the file, once counted; rows decided so far, which is where another try goes on.
  total integer,
  candidates integer NOT NULL DEFAULT 0,
  created integer NOT NULL DEFAULT 0,
  updated integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  rejected integer NOT NULL DEFAULT 0,
  failure_code text,
  failure text,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  CHECK (candidates = created + updated + unchanged + rejected),
  UNIQUE (id, partner_id),
  UNIQUE (partner_id, idempotency_key),
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX contact_import_list ON contacts.contact_import (list_id);

-- The uploaded bytes, only while they are needed.
CREATE TABLE contacts.contact_import_file (
  import_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  bytes bytea NOT NULL,
  FOREIGN KEY (import_id, partner_id) REFERENCES contacts.contact_import (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.contact_import_file ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE contacts.contact_import_problem (
  import_id uuid NOT NULL,
  position integer NOT NULL,
  partner_id uuid NOT NULL,
  -- Row of the file as a spreadsheet counts it, from 1.
  row_number integer NOT NULL,
  severity text NOT NULL CHECK (severity IN ('error', 'warning')),
  code text NOT NULL,
  field text,
  value text,
  PRIMARY KEY (import_id, position),
  FOREIGN KEY (import_id, partner_id) REFERENCES contacts.contact_import (id, partner_id) ON DELETE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['contact', 'contact_list', 'contact_list_member', 'consent_record', 'suppression',
    'contact_import', 'contact_import_file', 'contact_import_problem']
  LOOP
    EXECUTE format('ALTER TABLE contacts.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE contacts.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON contacts.%I USING (partner_id = (SELECT database.partner_scope()))', name || '_of_partner', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.%I TO throughline_app', name);
  END LOOP;
END $$;

-- Who asks must stand for a partner or be a process: a vendor sees neither hashes nor how many there are.
ALTER TABLE contacts.keyed_suppression ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.keyed_suppression FORCE ROW LEVEL SECURITY;
CREATE POLICY keyed_suppression_read ON contacts.keyed_suppression FOR SELECT
  USING ((SELECT database.partner_scope()) IS NOT NULL OR (SELECT database.is_system()));
CREATE POLICY keyed_suppression_add ON contacts.keyed_suppression FOR INSERT WITH CHECK ((SELECT database.is_system()));
CREATE POLICY keyed_suppression_remove ON contacts.keyed_suppression FOR DELETE USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON contacts.keyed_suppression TO throughline_app;

ALTER TABLE contacts.touch ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.touch FORCE ROW LEVEL SECURITY;
CREATE POLICY touch_by_process ON contacts.touch USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.touch TO throughline_app;
