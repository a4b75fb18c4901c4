-- needs: insight.luminance
CREATE OR REPLACE FUNCTION insight.is_readable(colour text, background text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (greatest(insight.luminance(colour), insight.luminance(background)) + 0.05)
    / (least(insight.luminance(colour), insight.luminance(background)) + 0.05) >= 4.5 $$;
