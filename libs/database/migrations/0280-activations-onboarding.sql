-- needs: database.partner_scope

-- Partners that have hidden the checklist of their first launch. Its steps are facts of other tables.
CREATE TABLE activations.hidden_onboarding (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  hidden_by text NOT NULL,
  hidden_at timestamptz NOT NULL
);
ALTER TABLE activations.hidden_onboarding ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY hidden_onboarding_of_partner ON activations.hidden_onboarding
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.hidden_onboarding TO throughline_app;
