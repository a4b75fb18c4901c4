-- When a partner says that it has published a post that had become ready, and who said so. A network is never asked.
ALTER TABLE sequences.ready_post
  ADD COLUMN posted_at timestamptz,
  ADD COLUMN posted_by text;
CREATE INDEX ready_post_of_partner ON sequences.ready_post (partner_id, ready_at DESC, activation_id, post_key);
CREATE POLICY ready_post_said ON sequences.ready_post FOR UPDATE USING (partner_id = (SELECT database.partner_scope()));
GRANT UPDATE (posted_at, posted_by) ON sequences.ready_post TO throughline_app;
