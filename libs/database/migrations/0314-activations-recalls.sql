-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- The recall that holds the whole activation, until it is reversed.
ALTER TABLE activations.activation ADD COLUMN recall_id uuid REFERENCES campaigns.recall (id);
CREATE INDEX activation_of_recall ON activations.activation (recall_id) WHERE recall_id IS NOT NULL;

-- Which copy a person holds: asked by its hash.
CREATE INDEX asset_of_blob ON activations.asset (blob_hash);

-- The activations that a recall concerns: the list of work, which any process continues.
CREATE TABLE activations.recall_target (
  recall_id uuid NOT NULL REFERENCES campaigns.recall (id),
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  -- When its rows were complete, and when its reversal was.
  done_at timestamptz,
  reversed_at timestamptz,
  PRIMARY KEY (recall_id, activation_id)
);
CREATE INDEX recall_target_open ON activations.recall_target (recall_id, activation_id) WHERE done_at IS NULL;
CREATE INDEX recall_target_of_partner ON activations.recall_target (partner_id, recall_id);
ALTER TABLE activations.recall_target ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recall_target_process ON activations.recall_target USING ((SELECT database.is_system()));
CREATE POLICY recall_target_vendor ON activations.recall_target FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY recall_target_partner ON activations.recall_target FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.recall_target TO throughline_app;
GRANT UPDATE (done_at, reversed_at) ON activations.recall_target TO throughline_app;

-- The report: what became of each item on each channel. It depends on the campaign and on the launch,
-- never on contacts, because the vendor reads it.
CREATE TABLE activations.recall_item (
  recall_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'inbox', 'page', 'embed', 'file', 'copy', 'post', 'published-post')),
  item_key text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('stopped-before-sending', 'withdrawn', 'page-gone', 'file-marked', 'cannot')),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (recall_id, activation_id, channel, item_key),
  FOREIGN KEY (recall_id, activation_id) REFERENCES activations.recall_target (recall_id, activation_id)
);
ALTER TABLE activations.recall_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recall_item_process ON activations.recall_item USING ((SELECT database.is_system()));
CREATE POLICY recall_item_vendor ON activations.recall_item FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY recall_item_partner ON activations.recall_item FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.recall_item TO throughline_app;

-- How many e-mails waited when they were stopped. No policy for vendors: it is a number about contacts.
CREATE TABLE activations.recall_count (
  recall_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  item_key text NOT NULL,
  waiting integer NOT NULL CHECK (waiting >= 0),
  PRIMARY KEY (recall_id, activation_id, item_key),
  FOREIGN KEY (recall_id, activation_id) REFERENCES activations.recall_target (recall_id, activation_id)
);
ALTER TABLE activations.recall_count ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recall_count_process ON activations.recall_count USING ((SELECT database.is_system()));
CREATE POLICY recall_count_partner ON activations.recall_count FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.recall_count TO throughline_app;

-- Partners that were told of a recall or its reversal, once each.
CREATE TABLE activations.recall_letter (
  recall_id uuid NOT NULL REFERENCES campaigns.recall (id),
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('recalled', 'reversed')),
  told_at timestamptz,
  PRIMARY KEY (recall_id, partner_id, kind)
);
CREATE INDEX recall_letter_waiting ON activations.recall_letter (recall_id) WHERE told_at IS NULL;
ALTER TABLE activations.recall_letter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY recall_letter_process ON activations.recall_letter USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON activations.recall_letter TO throughline_app;
GRANT UPDATE (told_at) ON activations.recall_letter TO throughline_app;
