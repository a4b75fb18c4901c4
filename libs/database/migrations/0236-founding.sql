-- needs: database.is_system, database.vendor_scope

-- The first vendor of an installation, and what a vendor still has to set up.
CREATE SCHEMA founding;
GRANT USAGE ON SCHEMA founding TO throughline_app;

-- Tokens of the first-run page, by their SHA-256. Each start of a process without a vendor prints one.
CREATE TABLE founding.first_run_token (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
ALTER TABLE founding.first_run_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY first_run_token_process ON founding.first_run_token USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON founding.first_run_token TO throughline_app;

-- Owners who have hidden the set-up checklist of their vendor. Its steps are facts of other tables.
CREATE TABLE founding.hidden_checklist (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  hidden_by text NOT NULL,
  hidden_at timestamptz NOT NULL
);
ALTER TABLE founding.hidden_checklist ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY hidden_checklist_of_vendor ON founding.hidden_checklist
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON founding.hidden_checklist TO throughline_app;
