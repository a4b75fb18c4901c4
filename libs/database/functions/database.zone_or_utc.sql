-- The zone, if PostgreSQL knows it, else UTC: programs and PostgreSQL have their own lists of zones, and
-- one unknown zone would fail a query over all rows.
CREATE OR REPLACE FUNCTION database.zone_or_utc(zone text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM now() AT TIME ZONE zone;
  RETURN zone;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN 'UTC';
END $$;
