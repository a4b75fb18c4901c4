-- Since when nobody has touched the lead. Null where it was planned before this column: since it became a lead.
ALTER TABLE leads.reminder ADD COLUMN since timestamptz;
