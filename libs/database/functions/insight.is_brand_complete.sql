-- needs: insight.is_readable
-- The required fields are those of libs/brand, with the countries of its legal-pages.ts. A test compares the two.
CREATE OR REPLACE FUNCTION insight.is_brand_complete(profile jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bool_and(coalesce(value, '') <> '')
    AND coalesce(insight.is_readable(profile #>> '{colours,onPrimary}', profile #>> '{colours,primary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,onSecondary}', profile #>> '{colours,secondary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,link}', '#ffffff'), true)
  FROM unnest(ARRAY[profile ->> 'name', profile ->> 'legalName', profile ->> 'postalAddress', profile ->> 'countryCode',
    profile ->> 'timeZone', profile ->> 'website', profile #>> '{contact,name}', profile #>> '{contact,email}', profile ->> 'logoId',
    CASE WHEN profile ->> 'countryCode' IN ('AT', 'BE', 'BG', 'HR', 'CY', 'CZ', 'DK', 'EE', 'FI', 'FR', 'DE', 'GR', 'HU', 'IE', 'IT', 'LV', 'LT',
      'LU', 'MT', 'NL', 'PL', 'PT', 'RO', 'SK', 'SI', 'ES', 'SE', 'IS', 'LI', 'NO', 'GB', 'CH') THEN profile ->> 'privacyUrl' ELSE '-' END,
    CASE WHEN profile ->> 'countryCode' IN ('DE', 'AT', 'CH') THEN profile ->> 'imprintUrl' ELSE '-' END]) value $$;
