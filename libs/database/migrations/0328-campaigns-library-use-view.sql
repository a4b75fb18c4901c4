-- Which versions have a copy of an asset: to count the partners that still use it.
CREATE VIEW campaigns.library_use_view WITH (security_invoker = true) AS
  SELECT version_id, vendor_id, hash FROM campaigns.library_use;
GRANT SELECT ON campaigns.library_use_view TO throughline_app;
