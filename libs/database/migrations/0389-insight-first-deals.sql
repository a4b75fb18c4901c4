-- Medians of days to a first deal, of partners whose choice is of the wording that names it.
ALTER TABLE insight.first_result_band DROP CONSTRAINT first_result_band_kind_check,
  ADD CONSTRAINT first_result_band_kind_check CHECK (kind IN ('lead', 'deal', 'won'));
