-- needs: database.partner_scope

-- Lists are in the order of ids.
CREATE INDEX asset_by_id ON assets.asset (vendor_id, id DESC) WHERE deleted_at IS NULL;
DROP INDEX assets.asset_of_vendor;
CREATE INDEX asset_shared ON assets.asset (vendor_id, id DESC) WHERE shared_as IS NOT NULL;

-- A partner that downloaded an asset reads why it was withdrawn, also after the vendor deleted it.
ALTER POLICY asset_for_partner ON assets.asset USING (
  shared_as IS NOT NULL
  AND (deleted_at IS NULL OR withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 FROM assets.download d
    WHERE d.asset_id = asset.id AND d.partner_id = (SELECT database.partner_scope())))
  AND EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = asset.vendor_id AND m.partner_id = (SELECT database.partner_scope()) AND m.status = 'active'));
