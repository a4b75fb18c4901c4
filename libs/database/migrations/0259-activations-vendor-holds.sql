ALTER TABLE activations.activation
  -- The vendor holds it: nothing is sent until the vendor releases it, whatever its partner does.
  ADD COLUMN vendor_held_at timestamptz,
  ADD COLUMN vendor_held_by text,
  ADD COLUMN vendor_hold_reason text,
  -- The vendor stopped this one, and not the campaign or the partnership.
  ADD COLUMN vendor_stopped_by text,
  ADD COLUMN vendor_stop_reason text,
  ADD CONSTRAINT activation_vendor_hold_is_whole CHECK (
    num_nulls(vendor_held_at, vendor_held_by, vendor_hold_reason) IN (0, 3)),
  ADD CONSTRAINT activation_vendor_stop_is_whole CHECK (num_nulls(vendor_stopped_by, vendor_stop_reason) IN (0, 2));
