-- Mail goes out with the sender's legal name or not at all. Until now the name stood in for one that was not written:
-- where it did, it is what footers have said, and goes on to be.
ALTER TABLE brand.brand_profile NO FORCE ROW LEVEL SECURITY;
UPDATE brand.brand_profile SET legal_name = name WHERE legal_name IS NULL AND btrim(name) <> '';
ALTER TABLE brand.brand_profile FORCE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION insight.is_brand_complete(profile jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bool_and(coalesce(value, '') <> '')
    AND coalesce(insight.is_readable(profile #>> '{colours,onPrimary}', profile #>> '{colours,primary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,onSecondary}', profile #>> '{colours,secondary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,link}', '#ffffff'), true)
  FROM unnest(ARRAY[profile ->> 'name', profile ->> 'legalName', profile ->> 'postalAddress', profile ->> 'countryCode',
    profile ->> 'timeZone', profile ->> 'website', profile #>> '{contact,name}', profile #>> '{contact,email}', profile ->> 'logoId']) value $$;
