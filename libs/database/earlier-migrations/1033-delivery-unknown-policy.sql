-- What a vendor wants done with messages of which no evidence tells whether they went out. Without a row: they are never repeated.
CREATE TABLE delivery.unknown_policy (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  on_unknown text NOT NULL CHECK (on_unknown IN ('close', 'repeat')),
  repeat_after_hours integer NOT NULL CHECK (repeat_after_hours BETWEEN 1 AND 168),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL
);
ALTER TABLE delivery.unknown_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.unknown_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY unknown_policy_process ON delivery.unknown_policy USING ((SELECT database.is_system()));
CREATE POLICY unknown_policy_of_its_vendor ON delivery.unknown_policy USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.unknown_policy TO throughline_app;
