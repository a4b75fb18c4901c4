-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- A person in the lists of exactly one partner. Only this partner's scope sees the row; there is no
-- policy for vendors or processes.
CREATE TABLE contacts.contact (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  email text NOT NULL,
  -- Lower case, domain in ASCII. Two spellings of one address are equal here.
  email_normalised text NOT NULL,
  first_name text,
  last_name text,
  -- As written: "Mr", "Frau Dr.".
  salutation text,
  company text,
  phone text,
  country text CHECK (country ~ '^[A-Z]{2}$'),
  time_zone text,
  language text,
  industry text,
  persona text,
  stage text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- The contact's market segment. Conditions of templates and sequences may refer to it.
  segment text,
  -- The newest consent record; null without one. Copied from consent_record so that filters need
  -- not look it up for every contact. Decisions about a message use the records themselves. Written
  -- by trigger store_latest_consent.
  consent_record_id uuid,
  consent_basis text NOT NULL DEFAULT 'unknown',
  consent_expires_on date,
  -- Text for searches in name, company and address. Cut: an index entry holds 2,704 bytes. With
  -- "pg_c_utf8" `lower` knows all alphabets; a database with the C locale would not find Ömer as
  -- ömer.
  search_text text NOT NULL GENERATED ALWAYS AS (left(lower((email || coalesce(' ' || first_name, '') || coalesce(' ' || last_name, '')
      || coalesce(' ' || company, '')) COLLATE "pg_c_utf8"), 520)) STORED,
  UNIQUE (partner_id, email_normalised),
  -- Target of foreign keys that include the partner: no row can refer to another partner's contact.
  UNIQUE (id, partner_id)
);
-- An e-mail to or about a contact is deleted with the contact, also while it waits to be sent.
ALTER TABLE identity.system_mail
  ADD COLUMN contact_id uuid,
  -- To a user of the partner: whether the contact may be mailed does not matter.
  ADD COLUMN is_about_contact boolean NOT NULL DEFAULT false,
  ADD COLUMN partner_id uuid,
  ADD CONSTRAINT system_mail_contact FOREIGN KEY (contact_id, partner_id)
    REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE,
  ADD CONSTRAINT system_mail_contact_with_partner CHECK ((contact_id IS NULL) = (partner_id IS NULL));
CREATE INDEX system_mail_of_contact ON identity.system_mail (contact_id) WHERE contact_id IS NOT NULL;
-- For counts. Equal entries share one place: half a million take 4 MB.
CREATE INDEX contact_by_consent ON contacts.contact (partner_id, consent_basis, consent_expires_on);
-- For pages of the few contacts without consent.
CREATE INDEX contact_without_consent ON contacts.contact (partner_id, consent_basis, id)
  WHERE consent_basis IN ('unknown', 'pending');
CREATE INDEX contact_consent_ends ON contacts.contact (partner_id, consent_expires_on)
  WHERE consent_expires_on IS NOT NULL;
-- Searches read this index and no row. Row-level security prevents the use of a trigram index: its
-- operators are not leakproof.
CREATE INDEX contact_newest ON contacts.contact (partner_id, id)
  INCLUDE (search_text, consent_basis, consent_expires_on);
ALTER TABLE contacts.contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_of_partner ON contacts.contact USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact TO throughline_app;

CREATE TABLE contacts.contact_list (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  name text NOT NULL,
  is_default boolean NOT NULL,
  created_at timestamptz NOT NULL,
  -- Number of members, kept by trigger count_members. Counting all lists read half a million
  -- entries to show a choice of lists.
  size integer NOT NULL DEFAULT 0,
  UNIQUE (id, partner_id)
);
CREATE UNIQUE INDEX contact_list_name ON contacts.contact_list (partner_id, lower(name));
CREATE UNIQUE INDEX contact_list_one_default ON contacts.contact_list (partner_id) WHERE is_default;
ALTER TABLE contacts.contact_list ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_list_of_partner ON contacts.contact_list
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact_list TO throughline_app;

CREATE TABLE contacts.contact_list_member (
  list_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  added_at timestamptz NOT NULL,
  -- With the partner, because the policy reads it: members are then read from the index alone.
  PRIMARY KEY (list_id, contact_id) INCLUDE (partner_id),
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX contact_list_member_contact ON contacts.contact_list_member (contact_id);
ALTER TABLE contacts.contact_list_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_list_member_of_partner ON contacts.contact_list_member
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact_list_member TO throughline_app;

-- Evidence of consent. The newest record of a contact counts; older ones remain as evidence.
CREATE TABLE contacts.consent_record (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  basis text NOT NULL CHECK (basis IN ('customer', 'opt-in', 'legitimate-interest', 'unknown', 'pending')),
  evidence text,
  source text NOT NULL,
  jurisdiction text,
  -- Where the law lets a basis expire (implied consent in Canada).
  expires_on date,
  recorded_at timestamptz NOT NULL,
  jurisdiction_source text CHECK (jurisdiction_source IN ('stated', 'contact')),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE,
  CONSTRAINT consent_record_jurisdiction_known
    CHECK ((jurisdiction IS NULL) = (jurisdiction_source IS NULL))
);
CREATE INDEX consent_record_newest ON contacts.consent_record (contact_id, id DESC);
ALTER TABLE contacts.consent_record ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY consent_record_of_partner ON contacts.consent_record
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.consent_record TO throughline_app;

-- Addresses that this partner never mails. Erasure deletes the address and keeps the keyed hash, so
-- the suppression stays.
CREATE TABLE contacts.suppression (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  email text,
  reason text NOT NULL CHECK (reason IN (
    'unsubscribed', 'complained', 'bounced', 'erased', 'requested', 'legal'
  )),
  source text NOT NULL CHECK (source IN ('person', 'staff', 'provider')),
  suppressed_at timestamptz NOT NULL,
  UNIQUE (partner_id, key_version, email_key)
);
CREATE INDEX suppression_newest ON contacts.suppression (partner_id, id);
ALTER TABLE contacts.suppression ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY suppression_of_partner ON contacts.suppression
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.suppression TO throughline_app;

-- Addresses that a contact had before, as keyed hashes: what the person said about mail to them holds
-- for the contact, and an erasure covers them. `shared_keys`: under which the platform and the
-- partner's vendors know the address.
CREATE TABLE contacts.former_address (
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  shared_keys bytea[] NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (contact_id, key_version, email_key),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.former_address ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY former_address_of_partner ON contacts.former_address
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON contacts.former_address TO throughline_app;

-- Suppressions beyond one partner: keyed hashes only. The keys are not in the database, so no row
-- identifies a person.
CREATE TABLE contacts.keyed_suppression (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('platform', 'vendor')),
  vendor_id uuid,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  reason text NOT NULL CHECK (reason IN (
    'unsubscribed', 'complained', 'bounced', 'erased', 'requested', 'legal'
  )),
  source text NOT NULL CHECK (source IN ('person', 'staff', 'provider')),
  suppressed_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (email_key, key_version, scope, vendor_id),
  CHECK ((scope = 'vendor') = (vendor_id IS NOT NULL))
);
ALTER TABLE contacts.keyed_suppression ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keyed_suppression_read ON contacts.keyed_suppression FOR SELECT
  USING ((SELECT database.partner_scope()) IS NOT NULL OR (SELECT database.is_system()));
CREATE POLICY keyed_suppression_add ON contacts.keyed_suppression FOR INSERT
  WITH CHECK ((SELECT database.is_system()));
CREATE POLICY keyed_suppression_remove ON contacts.keyed_suppression FOR DELETE
  USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON contacts.keyed_suppression TO throughline_app;

CREATE TABLE contacts.contact_import (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  list_id uuid,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
  file_name text NOT NULL,
  encoding text NOT NULL,
  delimiter text NOT NULL,
  -- Contact field → column of the file, from 0.
  columns jsonb NOT NULL,
  -- Rows above the people: titles, notes and the names of the columns.
  heading_rows integer NOT NULL CHECK (heading_rows >= 0),
  -- Columns that say who opted out, with the values that say so:
  -- [{"column": 4, "optedOut": ["true"]}].
  opt_outs jsonb NOT NULL DEFAULT '[]',
  basis text NOT NULL CHECK (basis IN ('customer', 'opt-in', 'legitimate-interest', 'unknown')),
  evidence text,
  jurisdiction text,
  idempotency_key text,
  request_hash text NOT NULL,
  -- Rows of the file, once they are counted. `candidates` are the rows decided so far, where a
  -- retry continues.
  total integer,
  candidates integer NOT NULL DEFAULT 0,
  created integer NOT NULL DEFAULT 0,
  updated integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  rejected integer NOT NULL DEFAULT 0,
  -- Contacts that the file put on the suppression list.
  opted_out integer NOT NULL DEFAULT 0,
  failure_code text,
  failure text,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- The import created its list. Such a list is deleted when no contact was added; the import
  -- itself stays as its report.
  made_list boolean NOT NULL DEFAULT false,
  UNIQUE (id, partner_id),
  UNIQUE (partner_id, idempotency_key),
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE,
  CHECK (candidates = created + updated + unchanged + rejected)
);
CREATE INDEX contact_import_list ON contacts.contact_import (list_id);
ALTER TABLE contacts.contact_import ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_import_of_partner ON contacts.contact_import
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact_import TO throughline_app;

-- The uploaded bytes, only while they are needed.
CREATE TABLE contacts.contact_import_file (
  import_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  bytes bytea NOT NULL,
  FOREIGN KEY (import_id, partner_id) REFERENCES contacts.contact_import (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.contact_import_file ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE contacts.contact_import_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_import_file_of_partner ON contacts.contact_import_file
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact_import_file TO throughline_app;

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
  -- Keyed hash of the row's address. With it an erasure deletes the values of that person.
  email_key bytea CHECK (octet_length(email_key) = 32),
  PRIMARY KEY (import_id, "position"),
  FOREIGN KEY (import_id, partner_id) REFERENCES contacts.contact_import (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.contact_import_problem ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_import_problem_of_partner ON contacts.contact_import_problem
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.contact_import_problem TO throughline_app;

-- How often a contact wants e-mail from this partner. No row: no limit.
CREATE TABLE contacts.preference (
  contact_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  at_most_every_days smallint NOT NULL CHECK (at_most_every_days BETWEEN 1 AND 365),
  set_at timestamptz NOT NULL,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.preference ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY preference_of_partner ON contacts.preference
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.preference TO throughline_app;

-- Topics about which a contact wants no e-mail from this partner: the theme of a campaign, as the
-- vendor wrote it.
CREATE TABLE contacts.refused_topic (
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 60),
  set_at timestamptz NOT NULL,
  PRIMARY KEY (contact_id, topic),
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE
);
ALTER TABLE contacts.refused_topic ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY refused_topic_of_partner ON contacts.refused_topic
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON contacts.refused_topic TO throughline_app;

-- When a vendor's campaigns reached an address, across partners. Keyed hashes only. The cap applies
-- to a sliding window.
CREATE TABLE contacts.frequency_use (
  vendor_id uuid NOT NULL,
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  -- In whole minutes, oldest first. Times before all windows are removed with the next use.
  taken timestamptz[] NOT NULL,
  PRIMARY KEY (vendor_id, email_key, key_version)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE contacts.frequency_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY frequency_use_by_process ON contacts.frequency_use USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.frequency_use TO throughline_app;

-- Where an opt-in must be confirmed by e-mail (double opt-in).
CREATE TABLE contacts.consent_rule (
  partner_id uuid PRIMARY KEY,
  double_opt_in boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  -- Countries where opt-ins must be confirmed (ISO 3166-1); empty: everywhere. A contact without a
  -- country must confirm, too.
  countries text[] NOT NULL DEFAULT '{}' CHECK ((array_position(countries, NULL) IS NULL) AND (array_to_string(countries, '') ~ '^([A-Z]{2})*$'))
);
ALTER TABLE contacts.consent_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY consent_rule_of_partner ON contacts.consent_rule
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON contacts.consent_rule TO throughline_app;

-- Requests for confirmation and their outcome: the evidence of a double opt-in. Deleted with the
-- contact.
CREATE TABLE contacts.opt_in (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  activation_id uuid,
  -- What the contact agreed to, as it was shown.
  text_shown text NOT NULL,
  language text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Number of e-mails in the day that began at `mails_since`.
  mails smallint NOT NULL,
  mails_since timestamptz NOT NULL,
  -- Keyed hashes of the IP addresses of the request and of the confirmation. They can be compared,
  -- not read.
  requested_from bytea NOT NULL,
  confirmed_from bytea,
  confirmed_at timestamptz,
  FOREIGN KEY (contact_id, partner_id) REFERENCES contacts.contact (id, partner_id) ON DELETE CASCADE,
  CHECK ((confirmed_at IS NULL) = (confirmed_from IS NULL))
);
CREATE UNIQUE INDEX opt_in_open ON contacts.opt_in (contact_id) WHERE confirmed_at IS NULL;
CREATE INDEX opt_in_of_contact ON contacts.opt_in (contact_id);
ALTER TABLE contacts.opt_in ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY opt_in_of_partner ON contacts.opt_in USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON contacts.opt_in TO throughline_app;

-- When a partner's messages reached an address. Rows with the partner's key count all vendors, for
-- the partner's own frequency cap. Rows with a key of partner and vendor count one vendor, for that
-- vendor's own cap and the partner's share of the installation's.
CREATE TABLE contacts.partner_frequency_use (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  -- In whole minutes, oldest first. Times before all windows are removed with the next use.
  taken timestamptz[] NOT NULL,
  PRIMARY KEY (partner_id, email_key, key_version)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE contacts.partner_frequency_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Only a process, and only in the partner's scope.
CREATE POLICY partner_frequency_use_by_process ON contacts.partner_frequency_use
  USING ((SELECT database.is_system()) AND partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.partner_frequency_use TO throughline_app;

-- Changes of a list's size while another transaction held the list's row. No import waits for
-- another, and `size` plus the deltas is exact at every moment.
CREATE TABLE contacts.contact_list_delta (
  list_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  n integer NOT NULL,
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX contact_list_delta_of_list ON contacts.contact_list_delta (list_id);
ALTER TABLE contacts.contact_list_delta ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_list_delta_of_partner ON contacts.contact_list_delta
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON contacts.contact_list_delta TO throughline_app;

-- Messages that only the knowledge of other parties refused (the cap across partners, opt-outs,
-- bounces), by the partner that wanted to send them. The partner must not see them: each tells that
-- another partner has written to the address.
CREATE TABLE contacts.policy_refusal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  at timestamptz NOT NULL,
  messages integer NOT NULL CHECK (messages > 0)
);
CREATE INDEX policy_refusal_of_partner ON contacts.policy_refusal (partner_id, at);
CREATE INDEX policy_refusal_by_time ON contacts.policy_refusal (at);
ALTER TABLE contacts.policy_refusal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY policy_refusal_process ON contacts.policy_refusal USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON contacts.policy_refusal TO throughline_app;

-- An organisation's own frequency cap, lower than the installation's. A vendor's cap applies to each
-- of its partners separately, a partner's across its vendors.
CREATE TABLE contacts.frequency_cap (
  owner_id uuid NOT NULL,
  -- From then until the next row of the owner.
  valid_from timestamptz NOT NULL,
  -- Null: the installation's cap alone.
  cap integer CHECK (cap BETWEEN 1 AND 100),
  -- Length of the window.
  days integer NOT NULL DEFAULT 7 CHECK (days BETWEEN 1 AND 30),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (owner_id, valid_from)
);
ALTER TABLE contacts.frequency_cap ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY frequency_cap_of_owner ON contacts.frequency_cap
  USING (owner_id = (SELECT database.vendor_scope()) OR owner_id = (SELECT database.partner_scope()));
-- A reservation in a partner's scope checks both caps.
CREATE POLICY frequency_cap_process ON contacts.frequency_cap FOR SELECT USING ((SELECT database.is_system()));
-- A partner's dry run applies its vendors' caps.
CREATE POLICY frequency_cap_of_member ON contacts.frequency_cap FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = frequency_cap.owner_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.frequency_cap TO throughline_app;
