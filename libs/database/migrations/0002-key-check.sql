-- needs: database.is_system

-- Proves that a process has the SECRET_KEY of this installation, and the first one that it had: keyed hashes
-- of a constant.
CREATE TABLE database.key_check (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  value bytea NOT NULL,
  first_value bytea NOT NULL
);
ALTER TABLE database.key_check ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY key_check_process ON database.key_check USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON database.key_check TO throughline_app;
