-- needs: database.partner_scope

-- A partner that took part sees the deal while it is in the programme: also an export, and a query that
-- forgets to ask.
DROP POLICY deal_share_participant ON leads.deal_share;
CREATE POLICY deal_share_participant ON leads.deal_share
  USING (participant_id = (SELECT database.partner_scope())
    AND vendor_id IN (SELECT m.vendor_id FROM organisations.membership m
      WHERE m.partner_id = (SELECT database.partner_scope()) AND m.status = 'active'));
