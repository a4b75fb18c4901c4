-- A launch that stays open to new contacts has no planned end: it runs until it is stopped.
ALTER TABLE activations.activation ALTER COLUMN planned_end_at DROP NOT NULL;

-- An owner that is no superuser changes the rows under their policies.
SELECT set_config('throughline.system', 'on', true);
UPDATE activations.activation SET planned_end_at = NULL, vendor_notified_at = NULL WHERE stays_open;
SELECT set_config('throughline.system', '', true);

ALTER TABLE activations.activation
  ADD CONSTRAINT activation_stays_open CHECK (stays_open = (planned_end_at IS NULL));
