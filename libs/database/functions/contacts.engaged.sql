-- Contacts of a partner who clicked, sent a form, requested a document or replied. What counts as a program's does not
-- count. `among`, `since` and `campaign` may be null: all contacts, at any time, in any campaign.
CREATE OR REPLACE FUNCTION contacts.engaged(partner uuid, among uuid[], did text, since timestamptz, campaign uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE AS $$
  SELECT t.contact_id FROM engagement.interaction t
  -- The kinds are those of the index.
  WHERE t.partner_id = partner AND t.kind = did AND t.kind IN ('click', 'form', 'document', 'reply') AND t.contact_id IS NOT NULL
    AND (among IS NULL OR t.contact_id = ANY (among)) AND (since IS NULL OR t.at >= since)
    AND (campaign IS NULL OR t.activation_id IN (SELECT a.id FROM activations.activation a WHERE a.partner_id = partner AND a.campaign_id = campaign))
    AND coalesce((SELECT v.verdict FROM engagement.interaction_verdict v WHERE v.interaction_id = t.id ORDER BY v.id DESC LIMIT 1),
      t.verdict, 'human') = 'human'
$$;
