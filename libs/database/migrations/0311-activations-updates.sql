-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- What a vendor decides about the activations that run earlier versions, when it publishes one.
CREATE TABLE activations.version_update (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  version_number integer NOT NULL,
  choice text NOT NULL CHECK (choice IN ('take-over', 'finish', 'stop')),
  -- Shares of the partners in percent, one after the other; the last one is all.
  shares integer[] NOT NULL,
  days_between integer NOT NULL CHECK (days_between BETWEEN 0 AND 30),
  -- No further share begins if the sending of more of the updated partners is stopped. Null: no rule.
  most_stopped_partners integer CHECK (most_stopped_partners >= 0),
  -- What partners read, where it stops their campaigns.
  reason text,
  CHECK ((reason IS NOT NULL) = (choice = 'stop')),
  -- Shares that have begun, and since when the last of them has.
  begun integer NOT NULL DEFAULT 0,
  begun_at timestamptz,
  -- The stop rule has held it, with the number of stopped partners.
  held_at timestamptz,
  stopped_partners integer,
  CHECK ((stopped_partners IS NULL) = (held_at IS NULL)),
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  rolled_back_at timestamptz,
  rolled_back_by text,
  CHECK ((rolled_back_at IS NULL) = (rolled_back_by IS NULL))
);
-- One at a time for a version. A roll-back allows another one.
CREATE UNIQUE INDEX version_update_once ON activations.version_update (version_id) WHERE rolled_back_at IS NULL;
CREATE INDEX version_update_of_campaign ON activations.version_update (campaign_id, decided_at);
CREATE INDEX version_update_at_work ON activations.version_update (id) WHERE rolled_back_at IS NULL AND choice <> 'finish';
ALTER TABLE activations.version_update ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY version_update_process ON activations.version_update USING ((SELECT database.is_system()));
CREATE POLICY version_update_vendor ON activations.version_update USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON activations.version_update TO throughline_app;
GRANT UPDATE (begun, begun_at, held_at, stopped_partners, rolled_back_at, rolled_back_by)
  ON activations.version_update TO throughline_app;

-- One activation in an update. Its row is the queue: a state of `waiting` is work to do.
CREATE TABLE activations.activation_update (
  update_id uuid NOT NULL REFERENCES activations.version_update (id),
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  version_id uuid NOT NULL,
  -- The share with which its partner begins, from 1.
  share integer NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'asks-partner', 'refused', 'done', 'over', 'returns', 'rolled-back')),
  -- Slots that the partner must decide on; the code of what refuses the update otherwise.
  open_slots text[] NOT NULL DEFAULT '{}',
  refusal text,
  CHECK ((refusal IS NOT NULL) = (state = 'refused')),
  -- The partner's values for them, as slots of the newer version.
  answers jsonb NOT NULL DEFAULT '{}',
  answered_by text,
  -- The editions before and after; null: not updated.
  from_edition integer,
  to_edition integer,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (update_id, activation_id)
);
CREATE INDEX activation_update_to_do ON activations.activation_update (update_id, share) WHERE state IN ('waiting', 'returns');
CREATE INDEX activation_update_of_activation ON activations.activation_update (activation_id);
ALTER TABLE activations.activation_update ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY activation_update_process ON activations.activation_update USING ((SELECT database.is_system()));
CREATE POLICY activation_update_partner ON activations.activation_update
  USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY activation_update_vendor ON activations.activation_update FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON activations.activation_update TO throughline_app;
GRANT UPDATE (state, open_slots, refusal, answers, answered_by, from_edition, to_edition, changed_at)
  ON activations.activation_update TO throughline_app;
