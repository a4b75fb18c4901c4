-- The vendor that invited a partner's first person; null where a team invites its own. A vendor reads and withdraws what it
-- sent itself, and nothing of whom the partner invites after.
ALTER TABLE identity.invitation
  ADD COLUMN vendor_id uuid REFERENCES organisations.organisation (id),
  ADD COLUMN sent_by text,
  ADD COLUMN withdrawn_at timestamptz,
  -- What became of its mail: taken by the mail server, or why not.
  ADD COLUMN handed_over_at timestamptz,
  ADD COLUMN refusal text;
CREATE INDEX invitation_open ON identity.invitation (vendor_id, organisation_id) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- A letter that invites: it goes only while its invitation is open.
ALTER TABLE identity.system_mail ADD COLUMN invitation_id uuid REFERENCES identity.invitation (id);

-- Where nobody of a partner has accepted yet, nobody but its vendor has invited. The owner of the tables is subject to their
-- policies, too.
SELECT set_config('throughline.system', 'on', true);
UPDATE identity.invitation i SET vendor_id = m.vendor_id, sent_by = i.invited_by
FROM organisations.membership m WHERE m.partner_id = i.organisation_id AND m.status = 'invited';
SELECT set_config('throughline.system', '', true);

DROP POLICY invitation_partner ON identity.invitation;
CREATE POLICY invitation_partner ON identity.invitation FOR INSERT WITH CHECK (
  vendor_id = (SELECT database.vendor_scope()) AND EXISTS (
    SELECT 1 FROM organisations.membership m WHERE m.partner_id = organisation_id AND m.vendor_id = (SELECT database.vendor_scope())));
CREATE POLICY invitation_sent ON identity.invitation FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY invitation_withdraw ON identity.invitation FOR UPDATE USING (vendor_id = (SELECT database.vendor_scope()));
