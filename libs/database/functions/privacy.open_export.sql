-- needs: privacy.export_source

-- Opens the cursor "export" over the rows of one table, as JSON, until the transaction ends. A cursor
-- keeps one page in memory, however large the table is.
CREATE OR REPLACE FUNCTION privacy.open_export(side text, source text, organisation uuid) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  chosen record;
  rows_of_source refcursor := 'export';
BEGIN
  SELECT e.name, e.condition, e.hidden INTO STRICT chosen
  FROM privacy.export_source() e WHERE e.side = open_export.side AND e.name = source;
  OPEN rows_of_source FOR EXECUTE
    format('SELECT (to_jsonb(t) - %L::text[])::text AS line FROM %s t WHERE %s', chosen.hidden, chosen.name, chosen.condition)
    USING organisation;
END $$;
