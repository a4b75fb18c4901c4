-- needs: database.vendor_scope, organisations.active_partners

-- A shared deal follows the deal, so it ends with the membership as totals do: also for an export, and a query that
-- forgets to ask. So does a partner's part in the deal of another one. Who comes back shows it again, unless it was
-- revoked.
DROP POLICY deal_share_vendor ON leads.deal_share;
CREATE POLICY deal_share_vendor ON leads.deal_share FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()) AND vendor_sees AND revoked_at IS NULL
    AND partner_id IN (SELECT organisations.active_partners())
    AND (participant_id IS NULL OR participant_id IN (SELECT organisations.active_partners())));
