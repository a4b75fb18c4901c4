-- A launch that was stopped before the recall had nothing to stop.
ALTER TABLE activations.recall_item DROP CONSTRAINT recall_item_outcome_check;
ALTER TABLE activations.recall_item ADD CONSTRAINT recall_item_outcome_check
  CHECK (outcome IN ('stopped-before-sending', 'was-over', 'withdrawn', 'page-gone', 'file-marked', 'cannot'));
