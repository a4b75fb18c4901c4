-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- How long a partner keeps inactive contacts and import reports. No row: the platform's periods.
CREATE TABLE privacy.retention (
  partner_id uuid PRIMARY KEY,
  inactive_contact_months smallint NOT NULL CHECK (inactive_contact_months BETWEEN 6 AND 84),
  import_report_days smallint NOT NULL CHECK (import_report_days BETWEEN 7 AND 365),
  changed_at timestamptz NOT NULL
);
ALTER TABLE privacy.retention ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_of_partner ON privacy.retention USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON privacy.retention TO throughline_app;

-- The last retention run of a partner, and how many rows it deleted.
CREATE TABLE privacy.retention_run (
  partner_id uuid PRIMARY KEY,
  ran_at timestamptz NOT NULL,
  contacts integer NOT NULL,
  import_rows integer NOT NULL
);
ALTER TABLE privacy.retention_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_run_of_partner ON privacy.retention_run
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON privacy.retention_run TO throughline_app;

-- Requests for a file with everything that an organisation holds. The file is deleted when it expires;
-- the row stays, as a record of who asked.
CREATE TABLE privacy.organisation_export (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'ready', 'failed', 'expired')),
  parts_done integer NOT NULL DEFAULT 0,
  parts integer NOT NULL DEFAULT 0,
  row_count bigint NOT NULL DEFAULT 0,
  -- Name of the file in storage.
  file uuid,
  bytes bigint,
  expires_at timestamptz
);
CREATE INDEX organisation_export_of ON privacy.organisation_export (organisation_id, requested_at);
-- Two at once would read everything twice.
CREATE UNIQUE INDEX organisation_export_running ON privacy.organisation_export (organisation_id)
  WHERE state = 'running';
ALTER TABLE privacy.organisation_export ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation_export_process ON privacy.organisation_export USING ((SELECT database.is_system()));
CREATE POLICY organisation_export_team ON privacy.organisation_export
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE ON privacy.organisation_export TO throughline_app;
