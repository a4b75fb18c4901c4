CREATE OR REPLACE FUNCTION database.partner_scope() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('throughline.partner_id', true), '')::uuid $$;
