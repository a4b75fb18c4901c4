-- Days on which nothing of a partner goes out, in whatever campaign: beside those that each activation has of its own.
CREATE TABLE activations.calendar (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  -- `[{"from": "2026-12-24", "to": "2027-01-01"}]`
  blackouts jsonb NOT NULL,
  -- Dates by country of the contact: `{"DE": ["2026-10-03"], "all": ["2026-12-25"]}`
  holidays jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE activations.calendar ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.calendar FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_of_partner ON activations.calendar USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY calendar_process ON activations.calendar FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON activations.calendar TO throughline_app;
