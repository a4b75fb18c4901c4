-- needs: database.is_system, database.partner_scope

-- The group that a hold-out drew for a contact, and the version whose hold-out it was. Once in an activation: an
-- update that brings another share does not move who has been drawn. Why a contact was not enrolled may change.
CREATE TABLE sequences.hold_out_draw (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  version_id uuid NOT NULL,
  is_held_out boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, contact_id)
);
CREATE INDEX hold_out_draw_of_contact ON sequences.hold_out_draw (contact_id);
ALTER TABLE sequences.hold_out_draw ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY hold_out_draw_process ON sequences.hold_out_draw USING ((SELECT database.is_system()));
CREATE POLICY hold_out_draw_partner ON sequences.hold_out_draw FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON sequences.hold_out_draw TO throughline_app;

CREATE VIEW sequences.hold_out_draw_view WITH (security_invoker = true) AS
  SELECT activation_id, contact_id, partner_id, version_id, is_held_out, at FROM sequences.hold_out_draw;
GRANT SELECT ON sequences.hold_out_draw_view TO throughline_app;

-- Contacts from before, by their first entry and the version that ran then: of those that held out somebody of the
-- activation. What ran after a roll-back is not known, so these contacts are in no group.
SELECT set_config('throughline.system', 'on', true);
INSERT INTO sequences.hold_out_draw (activation_id, contact_id, partner_id, version_id, is_held_out, at)
WITH ran AS (
  SELECT a.id AS activation_id, coalesce(e.version_id, a.version_id) AS version_id, coalesce(e.number, 1) AS number,
    CASE WHEN e.number > 1 THEN e.made_at ELSE '-infinity' END AS from_at,
    coalesce(lead(e.made_at) OVER (PARTITION BY a.id ORDER BY e.number), 'infinity') AS until
  FROM activations.activation a LEFT JOIN activations.edition e ON e.activation_id = a.id),
entered AS (
  SELECT DISTINCT ON (activation_id, contact_id) activation_id, contact_id, partner_id, is_held_out, at
  FROM sequences.experiment_contact_view ORDER BY activation_id, contact_id, at, is_held_out DESC),
drawn AS (
  SELECT e.*, ran.version_id, bool_or(e.is_held_out) OVER (PARTITION BY e.activation_id, ran.version_id) AS holds_out
  FROM entered e JOIN ran ON ran.activation_id = e.activation_id AND e.at >= ran.from_at AND e.at < ran.until
  WHERE ran.number = 1 OR NOT EXISTS (SELECT FROM activations.activation_update u
    WHERE u.activation_id = e.activation_id AND u.state IN ('returns', 'rolled-back')))
SELECT activation_id, contact_id, partner_id, version_id, is_held_out, at FROM drawn WHERE holds_out;
SELECT set_config('throughline.system', '', true);
