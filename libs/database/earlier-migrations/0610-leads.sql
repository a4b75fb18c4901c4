CREATE SCHEMA leads;
GRANT USAGE ON SCHEMA leads TO throughline_app;

CREATE TABLE leads.lead (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  contact_id uuid NOT NULL,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  source text NOT NULL CHECK (source IN ('form')),
  status text NOT NULL CHECK (status IN ('new', 'accepted', 'working', 'won', 'lost')),
  message text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (partner_id, contact_id, activation_id)
);
CREATE INDEX lead_newest ON leads.lead (partner_id, id DESC);
ALTER TABLE leads.lead ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads.lead FORCE ROW LEVEL SECURITY;
-- A lead is a person: the partner's alone, until it discloses it.
CREATE POLICY lead_partner ON leads.lead USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON leads.lead TO throughline_app;
