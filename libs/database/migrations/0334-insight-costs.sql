-- needs: database.manager_scope, database.partner_scope, database.vendor_scope

-- What a vendor or a partner pays for marketing. It bears the cost, and no other organisation reads it.
CREATE TABLE insight.cost (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- The days that it pays for, both included.
  from_on date NOT NULL,
  to_on date NOT NULL,
  -- Null: for no single campaign.
  campaign_id uuid REFERENCES campaigns.campaign (id) ON DELETE SET NULL,
  -- Of a vendor's cost: the partner that it was spent for. Null: for no single one.
  partner_id uuid REFERENCES organisations.organisation (id),
  -- A tactic type. Null: for no single one.
  tactic text CHECK (length(tactic) BETWEEN 1 AND 20),
  -- The owner's own number of it, such as that of an invoice. An import finds the cost by it.
  reference text CHECK (length(reference) BETWEEN 1 AND 100),
  by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (owner_id, reference),
  CONSTRAINT cost_days CHECK (from_on <= to_on)
);
CREATE INDEX cost_newest ON insight.cost (owner_id, id DESC);
CREATE INDEX cost_ends_on ON insight.cost (owner_id, to_on);
CREATE INDEX cost_of_campaign ON insight.cost (campaign_id) WHERE campaign_id IS NOT NULL;
ALTER TABLE insight.cost ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY cost_of_owner ON insight.cost USING (
  owner_id = (SELECT database.partner_scope()) OR owner_id = (SELECT database.vendor_scope()));
-- Costs concern the whole programme.
CREATE POLICY cost_not_of_manager ON insight.cost AS RESTRICTIVE USING ((SELECT database.manager_scope()) IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON insight.cost TO throughline_app;
