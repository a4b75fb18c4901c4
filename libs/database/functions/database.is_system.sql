CREATE OR REPLACE FUNCTION database.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('throughline.system', true), '') = 'on' $$;
