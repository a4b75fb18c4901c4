-- needs: database.partner_scope

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
