-- needs: privacy.deletion_source, privacy.require_deletion

-- Deletes or empties rows of one table of privacy.deletion_source, at most so many. With the rights of the
-- tables' owner: no process has the right to delete all of them in its daily work.
CREATE OR REPLACE FUNCTION privacy.delete_rows(organisation uuid, of_side text, at bigint, at_most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  chosen record;
  touched integer;
BEGIN
  PERFORM privacy.require_deletion(organisation);
  SELECT s.name, s.condition, s.emptied INTO STRICT chosen
  FROM privacy.deletion_source() s WHERE s.side = of_side AND s.place = at;
  EXECUTE format(
    CASE WHEN chosen.emptied IS NULL THEN 'DELETE FROM %1$s' ELSE 'UPDATE %1$s SET %4$s' END
      || ' WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s LIMIT %3$s))',
    chosen.name, chosen.condition, at_most, chosen.emptied) USING organisation;
  GET DIAGNOSTICS touched = ROW_COUNT;
  RETURN touched;
END $$;
