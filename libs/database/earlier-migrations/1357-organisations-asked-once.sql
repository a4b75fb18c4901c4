-- What an invitation was asked for with: asked again with the same key, it is the same partner.
ALTER TABLE organisations.membership
  ADD COLUMN idempotency_key text,
  ADD COLUMN request_hash text,
  ADD CONSTRAINT membership_asked_once UNIQUE (vendor_id, idempotency_key);
