-- Titles of the campaigns that were launched to a list, or that leave it out, newest first.
CREATE OR REPLACE FUNCTION contacts.uses_of_list(list uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT coalesce(v.title ->> a.locale, (SELECT t.value FROM jsonb_each_text(v.title) t LIMIT 1))
  FROM activations.activation_list l JOIN activations.activation a ON a.id = l.activation_id
  JOIN campaigns.campaign_version v ON v.id = a.version_id
  WHERE l.list_id = list ORDER BY a.id DESC
$$;
