-- The decision on consent stands with each message itself: the record that it rested on goes when a person is erased.
ALTER TABLE delivery.message
  ADD COLUMN consent_basis text,
  ADD COLUMN consent_rules smallint;
