-- Region of the partner's country whose holidays are closed, too: BY. Null: none.
ALTER TABLE activations.calendar ADD COLUMN holiday_region text;
