-- Scopes of row-level security. Each transaction sets them with set_config(…, is_local => true); an unset scope sees nothing.
CREATE SCHEMA database;

CREATE FUNCTION database.vendor_scope() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('throughline.vendor_id', true), '')::uuid $$;

CREATE FUNCTION database.partner_scope() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('throughline.partner_id', true), '')::uuid $$;

CREATE FUNCTION database.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('throughline.system', true), '') = 'on' $$;

-- For append-only tables: grants forbid the application, this forbids everybody else's slip.
CREATE FUNCTION database.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% of %.% is refused: its rows are never changed', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;

GRANT USAGE ON SCHEMA database TO throughline_app;
