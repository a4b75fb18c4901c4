-- needs: database.is_system, database.partner_scope, database.vendor_scope, database.manager_scope

-- What others see of a deal, until it is revoked: the vendor of its campaign, or a partner of the same
-- programme that took part. A copy without the contact; it follows the deal.
CREATE TABLE leads.deal_share (
  id uuid PRIMARY KEY,
  deal_id uuid NOT NULL REFERENCES leads.deal (id),
  -- Of the deal.
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  partner_name text NOT NULL,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Of a partner that takes part. Null: it is shown to the vendor.
  role text CHECK (role IN ('sourced', 'influenced', 'fulfilled')),
  -- Null: the vendor, or a partner that has not accepted yet.
  participant_id uuid REFERENCES organisations.organisation (id),
  participant_name text,
  -- The partner's words for the deal. Empty: its contact was removed.
  name text NOT NULL CHECK (length(name) <= 120),
  stage text,
  amount_minor bigint,
  currency text,
  refunded_minor bigint,
  expected_on date,
  closed_on date,
  -- Whether the vendor sees the row: its own, and participants of a deal that it sees.
  vendor_sees boolean NOT NULL,
  token_hash bytea UNIQUE,
  expires_at timestamptz,
  shared_by text NOT NULL,
  shared_at timestamptz NOT NULL,
  accepted_by text,
  accepted_at timestamptz,
  revoked_by text,
  revoked_at timestamptz,
  CONSTRAINT deal_share_accepted CHECK ((participant_id IS NULL) = (accepted_at IS NULL)),
  CONSTRAINT deal_share_copy CHECK ((revoked_at IS NULL) = (stage IS NOT NULL))
);
CREATE INDEX deal_share_of_deal ON leads.deal_share (deal_id);
CREATE INDEX deal_share_with_partner ON leads.deal_share (participant_id, id DESC) WHERE revoked_at IS NULL;
CREATE INDEX deal_share_with_vendor ON leads.deal_share (vendor_id, id DESC) WHERE role IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX deal_share_vendor_once ON leads.deal_share (deal_id) WHERE role IS NULL AND revoked_at IS NULL;
-- One role of a partner: what it sourced is not influenced by it, too.
CREATE UNIQUE INDEX deal_share_partner_once ON leads.deal_share (deal_id, participant_id)
  WHERE participant_id IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX deal_share_sourced_once ON leads.deal_share (deal_id) WHERE role = 'sourced' AND revoked_at IS NULL;
ALTER TABLE leads.deal_share ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- An invitation is accepted by its secret, before its partner has anything to do with the deal.
CREATE POLICY deal_share_process ON leads.deal_share USING ((SELECT database.is_system()));
CREATE POLICY deal_share_owner ON leads.deal_share USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY deal_share_participant ON leads.deal_share
  USING (participant_id = (SELECT database.partner_scope()));
CREATE POLICY deal_share_vendor ON leads.deal_share FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()) AND vendor_sees AND revoked_at IS NULL);
CREATE POLICY deal_share_of_manager ON leads.deal_share AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
GRANT SELECT, INSERT, UPDATE ON leads.deal_share TO throughline_app;
