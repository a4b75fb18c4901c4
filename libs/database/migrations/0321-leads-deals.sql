-- needs: database.partner_scope, database.refuse_change

-- What a lead or another contact may buy. The only place of amounts: a lead shows that of its deal.
CREATE TABLE leads.deal (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Null: the deal came from a file, for a contact without a lead.
  lead_id uuid UNIQUE REFERENCES leads.lead (id),
  contact_id uuid NOT NULL,
  -- Of the lead. Null: no lead.
  activation_id uuid REFERENCES activations.activation (id),
  -- The partner's own number of the deal. An import finds the deal by it.
  external_id text CHECK (length(external_id) BETWEEN 1 AND 100),
  stage text NOT NULL CHECK (stage IN ('qualified', 'proposal', 'negotiation', 'won', 'lost')),
  amount_minor bigint CHECK (amount_minor >= 0),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  refunded_minor bigint NOT NULL DEFAULT 0,
  expected_on date,
  closed_on date,
  products text[] NOT NULL DEFAULT '{}',
  -- A closed list: a free text would name people.
  lost_reason text CHECK (lost_reason IN ('price', 'competitor', 'no-budget', 'no-decision', 'timing', 'other')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (partner_id, external_id),
  CONSTRAINT deal_amount CHECK ((amount_minor IS NULL) = (currency IS NULL)),
  CONSTRAINT deal_refund CHECK (refunded_minor BETWEEN 0 AND coalesce(amount_minor, 0)),
  CONSTRAINT deal_closed CHECK ((closed_on IS NULL) = (stage NOT IN ('won', 'lost'))),
  CONSTRAINT deal_lost CHECK (lost_reason IS NULL OR stage = 'lost')
);
CREATE INDEX deal_newest ON leads.deal (partner_id, id DESC);
CREATE INDEX deal_closed_on ON leads.deal (partner_id, closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX deal_of_contact ON leads.deal (contact_id);
CREATE INDEX deal_of_activation ON leads.deal (activation_id) WHERE activation_id IS NOT NULL;
ALTER TABLE leads.deal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- No vendor reads a deal: it sees the totals that a partner shows.
CREATE POLICY deal_partner ON leads.deal USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON leads.deal TO throughline_app;

-- The deal after each change. Append-only.
CREATE TABLE leads.deal_event (
  id uuid PRIMARY KEY,
  deal_id uuid NOT NULL REFERENCES leads.deal (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stage', 'change', 'refund')),
  stage text NOT NULL,
  amount_minor bigint,
  currency text,
  refunded_minor bigint NOT NULL,
  expected_on date,
  closed_on date,
  lost_reason text,
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX deal_event_of_deal ON leads.deal_event (deal_id, id);
CREATE INDEX deal_event_newest ON leads.deal_event (partner_id, id DESC);
CREATE TRIGGER deal_event_is_final BEFORE UPDATE OR DELETE ON leads.deal_event
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE leads.deal_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_event_partner ON leads.deal_event USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.deal_event TO throughline_app;

-- Leads that were won, or have an amount, become deals of the same id. Only a partner's scope sees a
-- lead, and a migration has none: the owner reads them while the policies are not forced.
ALTER TABLE leads.lead NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.lead_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_event NO FORCE ROW LEVEL SECURITY;
INSERT INTO leads.deal (id, partner_id, lead_id, contact_id, activation_id, stage, amount_minor, currency, closed_on, created_at, updated_at)
  SELECT l.id, l.partner_id, l.id, l.contact_id, l.activation_id,
    CASE WHEN l.status IN ('won', 'lost') THEN l.status ELSE 'qualified' END, l.amount_minor, l.currency,
    CASE WHEN l.status IN ('won', 'lost')
      THEN (coalesce((SELECT max(e.at) FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status' AND e.status = l.status),
        l.updated_at) AT TIME ZONE 'UTC')::date END,
    l.created_at, l.updated_at
  FROM leads.lead l WHERE l.status = 'won' OR l.amount_minor IS NOT NULL;
INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, closed_on, by_name, at)
  SELECT d.id, d.id, d.partner_id, 'stage', d.stage, d.amount_minor, d.currency, 0, d.closed_on,
    coalesce((SELECT e.by_name FROM leads.lead_event e WHERE e.lead_id = d.lead_id ORDER BY e.id DESC LIMIT 1), 'Throughline'), d.updated_at
  FROM leads.deal d;
ALTER TABLE leads.lead FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.lead_event FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_event FORCE ROW LEVEL SECURITY;

DROP VIEW leads.won_lead_view;
CREATE OR REPLACE VIEW leads.lead_history_view WITH (security_invoker = true) AS
  SELECT l.id, l.contact_id, l.activation_id, l.source, l.status, l.message, l.phone, d.amount_minor, d.currency, l.created_at,
    (SELECT coalesce(json_agg(json_build_object('status', e.status, 'by', e.by_name, 'at', e.at) ORDER BY e.id), '[]')
     FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status') AS states,
    (SELECT coalesce(json_agg(json_build_object('message', r.message, 'phone', r.phone, 'answers', r.answers, 'at', r.at) ORDER BY r.id), '[]')
     FROM leads.request r WHERE r.lead_id = l.id) AS requests,
    (SELECT coalesce(json_agg(json_build_object('note', f.note, 'by', f.by_name, 'at', f.at) ORDER BY f.id), '[]')
     FROM leads.follow_up f WHERE f.lead_id = l.id) AS follow_ups
  FROM leads.lead l LEFT JOIN leads.deal d ON d.lead_id = l.id;
ALTER TABLE leads.lead DROP COLUMN amount_minor, DROP COLUMN currency;

-- Deals for other libs. `net_minor` is what was sold less what was refunded.
CREATE VIEW leads.deal_view WITH (security_invoker = true) AS
  SELECT d.id, d.partner_id, d.lead_id, d.contact_id, d.activation_id, d.external_id, d.stage, d.amount_minor, d.refunded_minor,
    d.amount_minor - d.refunded_minor AS net_minor, d.currency, d.expected_on, d.closed_on, d.products, d.lost_reason, d.created_at,
    (SELECT l.created_at FROM leads.lead l WHERE l.id = d.lead_id) AS lead_at
  FROM leads.deal d;
GRANT SELECT ON leads.deal_view TO throughline_app;
CREATE VIEW leads.deal_event_view WITH (security_invoker = true) AS
  SELECT id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, at
  FROM leads.deal_event;
GRANT SELECT ON leads.deal_event_view TO throughline_app;
