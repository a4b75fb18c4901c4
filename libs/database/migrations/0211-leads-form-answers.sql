-- needs: database.partner_scope

-- The other fields of the form as answered, {"firstName": "Ada", "country": "DE"}: a contact keeps
-- what its partner knew before. Deleted with the contact.
ALTER TABLE leads.request ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';
GRANT UPDATE (answers) ON leads.request TO throughline_app;

CREATE OR REPLACE VIEW leads.lead_history_view WITH (security_invoker = true) AS
  SELECT l.id, l.contact_id, l.activation_id, l.source, l.status, l.message, l.phone, l.amount_minor, l.currency, l.created_at,
    (SELECT coalesce(json_agg(json_build_object('status', e.status, 'by', e.by_name, 'at', e.at) ORDER BY e.id), '[]')
     FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status') AS states,
    (SELECT coalesce(json_agg(json_build_object('message', r.message, 'phone', r.phone, 'answers', r.answers, 'at', r.at) ORDER BY r.id), '[]')
     FROM leads.request r WHERE r.lead_id = l.id) AS requests,
    (SELECT coalesce(json_agg(json_build_object('note', f.note, 'by', f.by_name, 'at', f.at) ORDER BY f.id), '[]')
     FROM leads.follow_up f WHERE f.lead_id = l.id) AS follow_ups
  FROM leads.lead l;

-- The contact list of those who sent a form of a campaign. The partner may rename it; if the
-- partner deletes it, the next form makes a new one.
CREATE TABLE leads.response_list (
  partner_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  list_id uuid NOT NULL,
  PRIMARY KEY (partner_id, campaign_id),
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX response_list_of_list ON leads.response_list (list_id);
ALTER TABLE leads.response_list ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY response_list_of_partner ON leads.response_list
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.response_list TO throughline_app;
