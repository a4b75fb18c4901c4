-- Steps of which nobody knows whether they went out: few, and looked at with every sweep for what evidence has told since.
CREATE INDEX step_execution_unknown ON sequences.step_execution (message_id) WHERE reason IN ('no-answer-after-dot', 'lease-over', 'restored');
