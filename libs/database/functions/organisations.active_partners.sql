-- needs: database.vendor_scope

-- Partners that are in the programme of the reader's vendor now, also those that another channel manager looks
-- after: whether a share of a deal counts does not depend on who reads it. The setting is changed within the function:
-- only a superuser may make it part of the function's definition.
CREATE OR REPLACE FUNCTION organisations.active_partners() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  manager constant text := coalesce(current_setting('throughline.manager_id', true), '');
BEGIN
  PERFORM set_config('throughline.manager_id', '', true);
  RETURN QUERY SELECT m.partner_id FROM organisations.membership m
    WHERE m.vendor_id = (SELECT database.vendor_scope()) AND m.status = 'active';
  PERFORM set_config('throughline.manager_id', manager, true);
END $$;
