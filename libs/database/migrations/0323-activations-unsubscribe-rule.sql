-- The stop rule of an update also looks at unsubscribes.
ALTER TABLE activations.version_update
  -- No further share begins if surely more of the contacts that updated activations wrote to have unsubscribed,
  -- in thousandths. Null: no rule.
  ADD COLUMN most_unsubscribed_per_mille integer CHECK (most_unsubscribed_per_mille BETWEEN 1 AND 500),
  -- Which rule holds the next share.
  ADD COLUMN held_for text CHECK (held_for IN ('stopped-partners', 'unsubscribes'));
SELECT set_config('throughline.system', 'on', true);
UPDATE activations.version_update SET held_for = 'stopped-partners' WHERE held_at IS NOT NULL;
SELECT set_config('throughline.system', '', true);
ALTER TABLE activations.version_update ADD CHECK ((held_for IS NULL) = (held_at IS NULL));
GRANT UPDATE (held_for) ON activations.version_update TO throughline_app;
