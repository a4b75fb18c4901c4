-- The text of a comment never changes. Only its resolution does.
CREATE OR REPLACE FUNCTION campaigns.guard_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resolution constant text[] := ARRAY['resolved_at', 'resolved_by_user_id', 'resolved_by_name'];
BEGIN
  -- With its draft it is deleted by the foreign key, after the draft.
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM campaigns.campaign_version WHERE id = OLD.version_id) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - resolution IS DISTINCT FROM to_jsonb(OLD) - resolution THEN
    RAISE EXCEPTION 'What a comment says is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER review_comment_is_final BEFORE UPDATE OR DELETE ON campaigns.review_comment FOR EACH ROW EXECUTE FUNCTION campaigns.guard_comment();
