-- Deals that their partners show to a vendor, or have shown: it knows them from then on.
CREATE VIEW leads.shown_deal_view WITH (security_invoker = true) AS
  SELECT deal_id, partner_id, vendor_id FROM leads.deal_share WHERE role IS NULL;
GRANT SELECT ON leads.shown_deal_view TO throughline_app;
