-- What every sweep looks for: steps whose outcome has not been written yet.
CREATE INDEX step_execution_pending ON sequences.step_execution (decided_at) WHERE outcome = 'pending';
