-- The channel manager who acts for a vendor. Null: all of the vendor's partners may be seen.
CREATE OR REPLACE FUNCTION database.manager_scope() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('throughline.manager_id', true), '')::uuid $$;
