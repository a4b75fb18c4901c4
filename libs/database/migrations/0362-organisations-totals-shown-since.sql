-- Since when a partner shows its totals: a sum without names before that may have it in it.
CREATE OR REPLACE VIEW organisations.shared_totals_view WITH (security_invoker = true) AS
  SELECT partner_id, vendor_id, is_shared, changed_at FROM organisations.shared_totals;
