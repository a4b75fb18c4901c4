-- A profile is complete once its colours can be read, too: no campaign takes others. The same arithmetic as libs/brand (WCAG 2.2).
CREATE FUNCTION insight.luminance(hex text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT sum(weight * CASE WHEN share <= 0.04045 THEN share / 12.92 ELSE power((share + 0.055) / 1.055, 2.4) END)
  FROM (SELECT weight, get_byte(decode(substr(hex, 2), 'hex'), at) / 255.0::double precision AS share
        FROM (VALUES (0, 0.2126::double precision), (1, 0.7152), (2, 0.0722)) channel (at, weight)) channel $$;

CREATE FUNCTION insight.is_readable(colour text, background text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (greatest(insight.luminance(colour), insight.luminance(background)) + 0.05)
    / (least(insight.luminance(colour), insight.luminance(background)) + 0.05) >= 4.5 $$;

CREATE OR REPLACE FUNCTION insight.is_brand_complete(profile jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bool_and(coalesce(value, '') <> '')
    AND coalesce(insight.is_readable(profile #>> '{colours,onPrimary}', profile #>> '{colours,primary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,onSecondary}', profile #>> '{colours,secondary}'), true)
    AND coalesce(insight.is_readable(profile #>> '{colours,link}', '#ffffff'), true)
  FROM unnest(ARRAY[profile ->> 'name', profile ->> 'postalAddress', profile ->> 'countryCode',
    profile ->> 'timeZone', profile ->> 'website', profile #>> '{contact,name}', profile #>> '{contact,email}', profile ->> 'logoId']) value $$;
