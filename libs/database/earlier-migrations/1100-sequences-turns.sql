-- Where there is not room for all who fall due at one moment, who goes first must not depend on where rows happen to lie: those who were
-- enrolled first, so that what is foreseen before a launch is what happens after it.
CREATE INDEX due_in_turn ON sequences.due (partner_id, due_at, enrolment_id);
DROP INDEX sequences.due_in_order;

-- The same for what is tried again. What never waits is not in it.
CREATE INDEX message_retry_in_turn ON delivery.message (retry_at, due_at, enrolment_id) WHERE retry_at IS NOT NULL;
DROP INDEX delivery.message_retry;
