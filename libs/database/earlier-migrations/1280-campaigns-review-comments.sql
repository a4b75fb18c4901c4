-- Comments are made without sending a version back, too, name what they are about, are answered and come to an end.
ALTER TABLE campaigns.review_comment
  -- True until now for each; and for what a process of before writes while the new ones are being started.
  ADD COLUMN returned boolean NOT NULL DEFAULT true,
  ADD COLUMN author_user_id uuid,
  ADD COLUMN about_kind text CHECK (about_kind IN ('email', 'page', 'document', 'post', 'step')),
  ADD COLUMN about_key text,
  ADD COLUMN answers uuid,
  ADD COLUMN resolved_at timestamptz,
  ADD COLUMN resolved_by_user_id uuid,
  ADD COLUMN resolved_by_name text,
  ADD UNIQUE (id, version_id),
  ADD FOREIGN KEY (answers, version_id) REFERENCES campaigns.review_comment (id, version_id),
  ADD CHECK ((about_kind IS NULL) = (about_key IS NULL)),
  ADD CHECK ((resolved_at IS NULL) = (resolved_by_name IS NULL)),
  ADD CHECK (resolved_at IS NOT NULL OR resolved_by_user_id IS NULL),
  -- An answer belongs to its comment: it is sent back, is about something and is resolved with that alone.
  ADD CHECK (answers IS NULL OR (NOT returned AND about_kind IS NULL AND resolved_at IS NULL));

-- What was written stays as it was written; only whether it is resolved changes.
CREATE FUNCTION campaigns.guard_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  resolution constant text[] := ARRAY['resolved_at', 'resolved_by_user_id', 'resolved_by_name'];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - resolution IS DISTINCT FROM to_jsonb(OLD) - resolution THEN
    RAISE EXCEPTION 'What a comment says is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER review_comment_is_final ON campaigns.review_comment;
CREATE TRIGGER review_comment_is_final BEFORE UPDATE OR DELETE ON campaigns.review_comment FOR EACH ROW EXECUTE FUNCTION campaigns.guard_comment();

GRANT UPDATE (resolved_at, resolved_by_user_id, resolved_by_name) ON campaigns.review_comment TO throughline_app;
