-- Every decision of an activation, page by page: in this order they are read from where the page before ended, however many there are.
CREATE INDEX step_execution_in_order ON sequences.step_execution (activation_id, contact_id, step_key, occurrence);
-- The other begins with the same column.
DROP INDEX sequences.step_execution_of_activation;
