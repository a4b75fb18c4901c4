-- Rules of tiers count the launches of all partners of a vendor since a day.
CREATE INDEX activation_launched_for_vendor ON activations.activation (vendor_id, launched_at);
