-- Who holds a copy of a shared file asks for its state without signing in: a process reads it for them. One that
-- works for a vendor or partner sees what that one sees.
CREATE POLICY asset_for_process ON assets.asset FOR SELECT USING (
  (SELECT database.is_system()) AND (SELECT database.vendor_scope()) IS NULL AND (SELECT database.partner_scope()) IS NULL);
CREATE POLICY asset_file_for_process ON assets.asset_file FOR SELECT USING (
  (SELECT database.is_system()) AND (SELECT database.vendor_scope()) IS NULL AND (SELECT database.partner_scope()) IS NULL);
CREATE POLICY download_for_process ON assets.download FOR SELECT USING (
  (SELECT database.is_system()) AND (SELECT database.vendor_scope()) IS NULL AND (SELECT database.partner_scope()) IS NULL);
CREATE INDEX asset_file_by_hash ON assets.asset_file (hash);
CREATE INDEX asset_file_by_preview ON assets.asset_file (preview_hash) WHERE media_type = 'image/svg+xml';
