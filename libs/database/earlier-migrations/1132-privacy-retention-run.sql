-- When a partner's old things were last looked through, and how many went.
CREATE TABLE privacy.retention_run (
  partner_id uuid PRIMARY KEY,
  ran_at timestamptz NOT NULL,
  contacts integer NOT NULL,
  import_rows integer NOT NULL
);
ALTER TABLE privacy.retention_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.retention_run FORCE ROW LEVEL SECURITY;
CREATE POLICY retention_run_of_partner ON privacy.retention_run USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON privacy.retention_run TO throughline_app;
