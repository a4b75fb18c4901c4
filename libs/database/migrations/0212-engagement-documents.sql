-- A contact asked for a document and got it. `link_name` is its key.
ALTER TABLE engagement.interaction DROP CONSTRAINT interaction_kind_check;
ALTER TABLE engagement.interaction ADD CONSTRAINT interaction_kind_check
  CHECK (kind IN ('click', 'legal-link', 'unsubscribe', 'form', 'document', 'reply', 'lead', 'won'));
