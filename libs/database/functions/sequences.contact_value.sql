-- A field of a contact as conditions compare it.
CREATE OR REPLACE FUNCTION sequences.contact_value(field text, industry text, persona text, stage text, segment text, country text, language text, company text)
  RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(btrim(CASE field WHEN 'industry' THEN industry WHEN 'persona' THEN persona WHEN 'stage' THEN stage
    WHEN 'segment' THEN segment WHEN 'country' THEN country WHEN 'language' THEN language WHEN 'company' THEN company END)) $$;
