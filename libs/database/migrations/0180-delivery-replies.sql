-- Replies of the last day are counted before another one is forwarded.
CREATE INDEX message_event_replies ON delivery.message_event (partner_id, at) WHERE kind = 'reply';
