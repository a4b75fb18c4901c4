-- Which sentence a partner agreed to when it showed its totals. 1: totals since the first launch. 2: totals of any days,
-- too. Choices made before are of the first.
ALTER TABLE organisations.shared_totals ADD COLUMN wording smallint NOT NULL DEFAULT 1 CHECK (wording IN (1, 2));
