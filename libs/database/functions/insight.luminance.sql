-- Relative luminance (WCAG 2.2), computed as in libs/brand. A profile is complete only if its
-- colours are readable.
CREATE OR REPLACE FUNCTION insight.luminance(hex text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT sum(weight * CASE WHEN share <= 0.04045 THEN share / 12.92 ELSE power((share + 0.055) / 1.055, 2.4) END)
  FROM (SELECT weight, get_byte(decode(substr(hex, 2), 'hex'), at) / 255.0::double precision AS share
        FROM (VALUES (0, 0.2126::double precision), (1, 0.7152), (2, 0.0722)) channel (at, weight)) channel $$;
