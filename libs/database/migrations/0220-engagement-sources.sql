-- What led a person to a page, and pages that were visited, by anyone. Null: before sources were
-- recorded, or no page is involved.
ALTER TABLE engagement.interaction
  ADD COLUMN source text CHECK (source IN ('email', 'post', 'qr', 'embed', 'feed', 'direct')),
  DROP CONSTRAINT interaction_kind_check,
  ADD CONSTRAINT interaction_kind_check CHECK (kind IN ('click', 'legal-link', 'unsubscribe', 'form', 'document',
    'reply', 'lead', 'won', 'visit', 'form-start'));

CREATE OR REPLACE VIEW engagement.interaction_with_verdict WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.vendor_id, t.activation_id, t.message_id, t.contact_id, t.kind, t.link_name, t.at,
    coalesce(v.verdict, t.verdict) AS verdict, coalesce(v.why, t.why) AS why, coalesce(v.at, t.at) AS known_at, t.source
  FROM engagement.interaction t
  LEFT JOIN LATERAL (SELECT verdict, why, at FROM engagement.interaction_verdict WHERE interaction_id = t.id ORDER BY id DESC LIMIT 1) v ON true;
