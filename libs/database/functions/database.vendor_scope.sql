CREATE OR REPLACE FUNCTION database.vendor_scope() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('throughline.vendor_id', true), '')::uuid $$;
