-- The block of an e-mail or page that a comment is about: how it was written then, and what it was called.
-- The package has no marks of comments, so the portal finds the block again by this.
ALTER TABLE campaigns.review_comment
  ADD about_block jsonb,
  ADD CHECK (about_block IS NULL OR about_kind IN ('email', 'page'));
