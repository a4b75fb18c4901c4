-- The step of the e-mail that was clicked or answered, and its variant. Null: no e-mail. Looked up for each click of
-- a large partner, e-mails were 200,000 pages.
ALTER TABLE engagement.interaction ADD COLUMN step_key text, ADD COLUMN variant text;
SELECT set_config('throughline.system', 'on', true);
ALTER TABLE engagement.interaction DISABLE TRIGGER interaction_is_final;
UPDATE engagement.interaction t SET step_key = m.step_key, variant = m.variant
  FROM delivery.message m WHERE m.id = t.message_id AND t.kind IN ('click', 'reply');
ALTER TABLE engagement.interaction ENABLE TRIGGER interaction_is_final;
SELECT set_config('throughline.system', '', true);

-- What contacts did that may have helped to win a deal, in its order. Read from the index alone: the rows of a large
-- partner lie among those of all others, on nearly as many pages as there are rows.
CREATE INDEX interaction_touch ON engagement.interaction (partner_id, contact_id, at, id)
  INCLUDE (activation_id, step_key, variant, kind, verdict, source)
  WHERE contact_id IS NOT NULL AND kind IN ('click', 'form', 'document', 'reply');
CREATE INDEX interaction_verdict_of_partner ON engagement.interaction_verdict (partner_id, interaction_id, id DESC)
  INCLUDE (verdict, at);

-- Touches of people, by the verdicts that hold now. The verdicts are joined as a set: `interaction_with_verdict`
-- looks each one up, which takes longer for a whole partner and less for a few rows.
CREATE VIEW engagement.touch_view WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.activation_id, t.step_key, t.variant, t.contact_id, t.kind, t.at, t.source
  FROM engagement.interaction t LEFT JOIN (
    SELECT DISTINCT ON (partner_id, interaction_id) partner_id, interaction_id, verdict
    FROM engagement.interaction_verdict ORDER BY partner_id, interaction_id, id DESC) v
    ON v.partner_id = t.partner_id AND v.interaction_id = t.id
  WHERE t.contact_id IS NOT NULL AND t.kind IN ('click', 'form', 'document', 'reply')
    AND coalesce(v.verdict, t.verdict, 'human') = 'human';
GRANT SELECT ON engagement.touch_view TO throughline_app;
-- The newest verdict of a partner. Other libs read no table.
CREATE VIEW engagement.verdict_view WITH (security_invoker = true) AS
  SELECT partner_id, interaction_id, at FROM engagement.interaction_verdict;
GRANT SELECT ON engagement.verdict_view TO throughline_app;
