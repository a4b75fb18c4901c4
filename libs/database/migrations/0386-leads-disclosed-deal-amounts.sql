-- Deals that partners show a vendor one by one, with what it may know of their amounts. The policies of
-- leads.deal_share decide which rows a vendor reads.
CREATE VIEW leads.disclosed_deal_view WITH (security_invoker = true) AS
  SELECT deal_id, partner_id, vendor_id, activation_id, stage, amount_minor, currency
  FROM leads.deal_share WHERE role IS NULL AND revoked_at IS NULL;
GRANT SELECT ON leads.disclosed_deal_view TO throughline_app;
