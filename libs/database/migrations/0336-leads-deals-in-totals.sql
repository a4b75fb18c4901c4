-- needs: database.is_system

-- A process adds up the deals of all partners that show their totals to a vendor. In the scope of each partner,
-- 2,000 partners would be 2,000 transactions.
CREATE POLICY deal_in_totals ON leads.deal FOR SELECT USING ((SELECT database.is_system()));
