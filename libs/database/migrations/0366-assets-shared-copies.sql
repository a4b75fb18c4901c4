-- Who holds a copy of a shared file asks for its state without signing in: a process reads it for them.
CREATE POLICY asset_for_process ON assets.asset FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY asset_file_for_process ON assets.asset_file FOR SELECT USING ((SELECT database.is_system()));
CREATE POLICY download_for_process ON assets.download FOR SELECT USING ((SELECT database.is_system()));
CREATE INDEX asset_file_by_hash ON assets.asset_file (hash);
CREATE INDEX asset_file_by_preview ON assets.asset_file (preview_hash) WHERE media_type = 'image/svg+xml';
