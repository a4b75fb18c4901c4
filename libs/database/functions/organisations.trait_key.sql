-- Tiers, regions and texts with the same key are one: "EMEA", "emea" and "emea ".
CREATE OR REPLACE FUNCTION organisations.trait_key(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(btrim(normalize(value, NFKC)) COLLATE "pg_c_utf8") $$;
