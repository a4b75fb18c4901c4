-- A recall may be of an asset of the library: of what shows a copy of it.
ALTER TABLE campaigns.recall
  ADD COLUMN asset_id uuid,
  ADD COLUMN asset_title text,
  ADD FOREIGN KEY (asset_id, vendor_id) REFERENCES assets.asset (id, vendor_id),
  ADD CHECK (num_nulls(asset_id, asset_title) IN (0, 2)),
  ADD CHECK (asset_id IS NULL OR tactic_key IS NULL);
CREATE INDEX recall_of_asset ON campaigns.recall (asset_id) WHERE asset_id IS NOT NULL;
-- The e-mails, pages and posts of the version that show the asset. Null: the recall is of no asset.
ALTER TABLE campaigns.recalled_version ADD COLUMN tactics jsonb;

CREATE OR REPLACE VIEW campaigns.recall_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, campaign_id, tactic_kind, tactic_key, locale, partner_ids, mode, replacement_id, decided_at,
    reversed_at, asset_id
  FROM campaigns.recall;
CREATE OR REPLACE VIEW campaigns.recalled_version_view WITH (security_invoker = true) AS
  SELECT version_id, recall_id, in_force, tactics FROM campaigns.recalled_version;

-- Which bytes of a campaign are copies of an asset.
CREATE VIEW assets.library_copy_view WITH (security_invoker = true) AS
  SELECT vendor_id, hash, asset_id FROM assets.library_copy;
GRANT SELECT ON assets.library_copy_view TO throughline_app;

-- Assets that were taken back from partners, with the reason.
CREATE VIEW assets.withdrawn_asset_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, title, withdrawn_at, withdrawn_reason FROM assets.asset WHERE withdrawn_at IS NOT NULL;
GRANT SELECT ON assets.withdrawn_asset_view TO throughline_app;
