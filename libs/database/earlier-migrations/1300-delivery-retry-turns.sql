-- Retries are taken in turns by partner: whoever has ten does not wait behind somebody's hundred thousand. In each partner's order, and
-- whether anything is due at all.
CREATE INDEX message_retry_of_partner ON delivery.message (partner_id, retry_at, due_at, enrolment_id) WHERE retry_at IS NOT NULL;
CREATE INDEX message_retry ON delivery.message (retry_at) WHERE retry_at IS NOT NULL;
DROP INDEX delivery.message_retry_in_turn;
