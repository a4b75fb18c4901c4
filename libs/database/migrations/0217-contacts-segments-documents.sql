-- Rules may ask who requested a document, too.
DROP INDEX engagement.interaction_of_partner;
CREATE INDEX interaction_of_partner ON engagement.interaction (partner_id, kind, at)
  WHERE contact_id IS NOT NULL AND kind IN ('click', 'form', 'document', 'reply');
