-- needs: database.is_system

-- When the hold-outs of a vendor's campaigns were last counted: a schedule counts them once after each Monday, so
-- that no reader waits for a count of all partners.
CREATE TABLE insight.lift_count (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- A Monday.
  counted_on date NOT NULL
);
ALTER TABLE insight.lift_count ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY lift_count_process ON insight.lift_count USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON insight.lift_count TO throughline_app;
