-- needs: database.manager_scope, database.vendor_scope

ALTER TABLE identity.assignment
  DROP CONSTRAINT assignment_role_check,
  ADD CONSTRAINT assignment_role_check
    CHECK (role IN ('owner', 'marketer', 'approver', 'analyst', 'channel-manager', 'viewer'));

-- The person of the vendor who looks after the partner; null: nobody in particular. Two triggers keep it
-- true: functions/organisations.check_manager.sql and functions/identity.release_partners.sql.
ALTER TABLE organisations.membership ADD COLUMN manager_id uuid;
CREATE INDEX membership_of_manager ON organisations.membership (manager_id) WHERE manager_id IS NOT NULL;

CREATE OR REPLACE VIEW organisations.membership_view WITH (security_invoker = true) AS
  SELECT vendor_id, programme_id, partner_id, tier, region, status, invited_at, joined_at, campaigns_end_at, manager_id
  FROM organisations.membership;

-- A channel manager sees the vendor's rows about their own partners only. Restrictive policies narrow what
-- the other policies allow: a query that forgets the manager returns less, not more. Without a manager they
-- cost one comparison in a query.
CREATE POLICY membership_of_manager ON organisations.membership AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL OR manager_id = (SELECT database.manager_scope()));
CREATE POLICY attribute_value_of_manager ON organisations.attribute_value AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY relay_consent_of_manager ON organisations.relay_consent AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY shared_totals_of_manager ON organisations.shared_totals AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY activation_of_manager ON activations.activation AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY launch_reminder_of_manager ON activations.launch_reminder AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY disclosure_of_manager ON leads.disclosure AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY disclosure_answer_of_manager ON leads.disclosure_answer AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY waiting_invitation_of_manager ON identity.waiting_invitation AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY download_of_manager ON assets.download AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
-- An invitation into the vendor's own team names no vendor.
CREATE POLICY invitation_of_manager ON identity.invitation AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL OR vendor_id IS NULL
  OR organisation_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));

-- What concerns the whole programme names or counts partners of others.
CREATE POLICY application_not_of_manager ON joining.application AS RESTRICTIVE USING ((SELECT database.manager_scope()) IS NULL);
CREATE POLICY entry_not_of_manager ON audit.entry AS RESTRICTIVE FOR SELECT USING ((SELECT database.manager_scope()) IS NULL);
CREATE POLICY reservation_not_of_manager ON release.reservation AS RESTRICTIVE USING ((SELECT database.manager_scope()) IS NULL);
CREATE POLICY release_not_of_manager ON release.release AS RESTRICTIVE FOR SELECT USING ((SELECT database.manager_scope()) IS NULL);
