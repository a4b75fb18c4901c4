-- Whose messages all belong to vendors whose mail servers take nothing, or take it slowly, is not claimed for until then: what is due stays
-- due. By the machine's clock.
ALTER TABLE sequences.partner_queue ADD COLUMN rest_until timestamptz NOT NULL DEFAULT '-infinity';
