-- Why there was no answer, as a code beside the sentence: whoever reads it in another language says it in its own words.
ALTER TABLE webhooks.attempt ADD COLUMN error_code text CHECK (error_code IS NULL OR error IS NOT NULL);
