-- needs: database.vendor_scope

-- Partners that are in the programme of the reader's vendor now, also those that another channel manager looks
-- after: whether a share of a deal counts does not depend on who reads it.
CREATE OR REPLACE FUNCTION organisations.active_partners() RETURNS SETOF uuid LANGUAGE sql STABLE
  SET throughline.manager_id = '' AS $$
  SELECT m.partner_id FROM organisations.membership m
  WHERE m.vendor_id = (SELECT database.vendor_scope()) AND m.status = 'active' $$;
