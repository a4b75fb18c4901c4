-- What a partner calls the holidays of its calendar: `{"DE": {"2026-10-03": "Tag der Deutschen Einheit"}}`. Beside the dates and not in them: a
-- process of the version before goes on reading plain dates. The name of a blackout stands in the blackout.
ALTER TABLE activations.calendar ADD COLUMN holiday_names jsonb NOT NULL DEFAULT '{}';
