-- The policy deal_process of 0329-deal-sums.sql allows the same.
DROP POLICY deal_in_totals ON leads.deal;
