-- A log that is whole for the time of a message and does not have it tells that it was never taken.
ALTER TABLE delivery.message_event DROP CONSTRAINT message_event_kind_check,
  ADD CONSTRAINT message_event_kind_check CHECK (kind IN ('hard', 'soft', 'block', 'unknown', 'complaint', 'challenge', 'auto-reply', 'reply', 'delivered', 'underway', 'unsubscribe', 'absent'));
ALTER TABLE delivery.unknown_policy DROP CONSTRAINT unknown_policy_on_unknown_check,
  ADD CONSTRAINT unknown_policy_on_unknown_check CHECK (on_unknown IN ('close', 'repeat-absent', 'repeat'));
