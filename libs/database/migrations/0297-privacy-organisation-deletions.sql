-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- When everything that belongs to it was deleted. Its name stays: it is responsible for what was sent.
ALTER TABLE organisations.organisation ADD COLUMN deleted_at timestamptz;

-- Only a file that somebody has downloaded lets an organisation be deleted.
ALTER TABLE privacy.organisation_export ADD COLUMN downloaded_at timestamptz;

-- Requests to delete an organisation. The newest counts.
CREATE TABLE privacy.organisation_deletion (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  side text NOT NULL CHECK (side IN ('vendor', 'partner')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  -- Until then it can be withdrawn. Partnerships end then, too.
  due_at timestamptz NOT NULL,
  withdrawn_by text,
  withdrawn_at timestamptz,
  -- When the first of its data was deleted. From then on it cannot be withdrawn.
  started_at timestamptz,
  -- When its job was enqueued, or has deleted a page. It is enqueued again if it has not for minutes.
  active_at timestamptz,
  finished_at timestamptz,
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
  CHECK (withdrawn_at IS NULL OR started_at IS NULL),
  CHECK (finished_at IS NULL OR started_at IS NOT NULL)
);
CREATE UNIQUE INDEX organisation_deletion_open ON privacy.organisation_deletion (organisation_id)
  WHERE withdrawn_at IS NULL;
CREATE INDEX organisation_deletion_due ON privacy.organisation_deletion (due_at)
  WHERE withdrawn_at IS NULL AND finished_at IS NULL;
ALTER TABLE privacy.organisation_deletion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation_deletion_process ON privacy.organisation_deletion USING ((SELECT database.is_system()));
CREATE POLICY organisation_deletion_team ON privacy.organisation_deletion
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON privacy.organisation_deletion TO throughline_app;

-- Contacts of deleted partners that a vendor's campaigns wrote to, as keyed hashes: their links to
-- unsubscribe go on working. The keys are not in the database, so no row identifies a person.
CREATE TABLE contacts.deleted_contact (
  contact_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  key_version smallint NOT NULL,
  partner_key bytea NOT NULL CHECK (octet_length(partner_key) = 32),
  vendor_key bytea NOT NULL CHECK (octet_length(vendor_key) = 32),
  PRIMARY KEY (contact_id, vendor_id)
);
ALTER TABLE contacts.deleted_contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deleted_contact_process ON contacts.deleted_contact
  USING (partner_id = (SELECT database.partner_scope()) AND (SELECT database.is_system()));
GRANT SELECT, INSERT ON contacts.deleted_contact TO throughline_app;
