-- needs: insight.is_brand_complete
CREATE OR REPLACE FUNCTION insight.record_brand_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.brand_completion (partner_id, completed_at) VALUES (NEW.partner_id, NEW.edited_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER record_brand_completion AFTER INSERT ON brand.brand_profile_version FOR EACH ROW
  WHEN (insight.is_brand_complete(NEW.profile)) EXECUTE FUNCTION insight.record_brand_completion();
