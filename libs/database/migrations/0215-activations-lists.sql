-- needs: database.is_system, database.partner_scope

-- The contact lists of an activation. `include`: their contacts enter. `exclude`: their contacts do
-- not, whatever else they are on. No row: it is open to new contacts only.
CREATE TABLE activations.activation_list (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  list_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('include', 'exclude')),
  PRIMARY KEY (activation_id, list_id),
  -- A list with a launched campaign cannot be deleted: it shows the recipients.
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id)
);
CREATE INDEX activation_list_of_list ON activations.activation_list (list_id, role);
ALTER TABLE activations.activation_list ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY activation_list_process ON activations.activation_list USING ((SELECT database.is_system()));
-- No policy for vendors: which lists a partner has is the partner's own.
CREATE POLICY activation_list_partner ON activations.activation_list
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON activations.activation_list TO throughline_app;

-- An owner that is no superuser reads the rows under their policies.
SELECT set_config('throughline.system', 'on', true);
INSERT INTO activations.activation_list (activation_id, partner_id, list_id, role)
SELECT id, partner_id, list_id, 'include' FROM activations.activation;
SELECT set_config('throughline.system', '', true);

-- New contacts may enter at any time: it does not end when all contacts have finished.
ALTER TABLE activations.activation ADD COLUMN stays_open boolean NOT NULL DEFAULT false;

DROP VIEW activations.activation_view;
ALTER TABLE activations.activation DROP COLUMN list_id;
CREATE VIEW activations.activation_view WITH (security_invoker = true) AS
  SELECT id, partner_id, vendor_id, campaign_id, version_id, status, status_reason, locale, slots, launched_at, enrolled_at, stays_open
  FROM activations.activation;
GRANT SELECT ON activations.activation_view TO throughline_app;

CREATE VIEW activations.activation_list_view WITH (security_invoker = true) AS
  SELECT activation_id, partner_id, list_id, role
  FROM activations.activation_list;
GRANT SELECT ON activations.activation_list_view TO throughline_app;
