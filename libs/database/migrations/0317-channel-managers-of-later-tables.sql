-- needs: database.is_system, database.manager_scope

-- A channel manager sees the vendor's rows about their own partners only: 0290-organisations-channel-managers.sql.
CREATE POLICY terms_acceptance_of_manager ON joining.terms_acceptance AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY onboarding_reminder_of_manager ON activations.onboarding_reminder AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY manual_tier_of_manager ON tiers.manual_tier AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY coming_drop_of_manager ON tiers.coming_drop AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY change_of_manager ON tiers.change AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY activation_update_of_manager ON activations.activation_update AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY recall_target_of_manager ON activations.recall_target AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));
CREATE POLICY recall_item_of_manager ON activations.recall_item AS RESTRICTIVE USING (
  (SELECT database.manager_scope()) IS NULL
  OR partner_id IN (SELECT m.partner_id FROM organisations.membership m WHERE m.manager_id = (SELECT database.manager_scope())));

-- What concerns the whole programme counts partners of others.
CREATE POLICY version_update_not_of_manager ON activations.version_update AS RESTRICTIVE
  USING ((SELECT database.manager_scope()) IS NULL);
CREATE POLICY newsletter_not_of_manager ON newsletters.newsletter AS RESTRICTIVE
  USING ((SELECT database.manager_scope()) IS NULL);

-- Rules of a vendor go with it: privacy.deletion_source.
CREATE POLICY rules_deleted ON tiers.rules FOR DELETE USING ((SELECT database.is_system()));
