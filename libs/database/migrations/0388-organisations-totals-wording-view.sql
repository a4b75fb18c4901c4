-- A transaction of its own: a process that releases results locks this view before the table of their bands.
CREATE OR REPLACE VIEW organisations.shared_totals_view WITH (security_invoker = true) AS
  SELECT partner_id, vendor_id, is_shared, changed_at, wording FROM organisations.shared_totals;
