-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW leads.lead_view WITH (security_invoker = true) AS
  SELECT id, contact_id, status, updated_at
  FROM leads.lead;
GRANT SELECT ON leads.lead_view TO throughline_app;

-- Leads with their requests, status changes and follow-ups, oldest first.
CREATE VIEW leads.lead_history_view WITH (security_invoker = true) AS
  SELECT l.id, l.contact_id, l.activation_id, l.source, l.status, l.message, l.phone, l.amount_minor, l.currency, l.created_at,
    (SELECT coalesce(json_agg(json_build_object('status', e.status, 'by', e.by_name, 'at', e.at) ORDER BY e.id), '[]')
     FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status') AS states,
    (SELECT coalesce(json_agg(json_build_object('message', r.message, 'phone', r.phone, 'at', r.at) ORDER BY r.id), '[]')
     FROM leads.request r WHERE r.lead_id = l.id) AS requests,
    (SELECT coalesce(json_agg(json_build_object('note', f.note, 'by', f.by_name, 'at', f.at) ORDER BY f.id), '[]')
     FROM leads.follow_up f WHERE f.lead_id = l.id) AS follow_ups
  FROM leads.lead l;
GRANT SELECT ON leads.lead_history_view TO throughline_app;

-- Won leads, since when, and what they are worth as far as it is known.
CREATE VIEW leads.won_lead_view WITH (security_invoker = true) AS
  SELECT l.id, l.partner_id, l.activation_id,
    -- A lead can be won again after it was taken up once more.
    (SELECT max(e.at) FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status' AND e.status = 'won') AS won_at,
    l.amount_minor, l.currency
  FROM leads.lead l WHERE l.status = 'won';
GRANT SELECT ON leads.won_lead_view TO throughline_app;

-- Disclosures with the vendor's answers, oldest first.
CREATE VIEW leads.disclosure_view WITH (security_invoker = true) AS
  SELECT d.id, d.contact_id, d.vendor_id, d.fields, d.purpose, d.person, d.disclosed_by, d.disclosed_at, d.revoked_at,
    (SELECT coalesce(json_agg(json_build_object('status', r.status, 'note', r.note, 'by', r.by_name, 'at', r.at) ORDER BY r.id), '[]')
     FROM leads.disclosure_answer r WHERE r.disclosure_id = d.id) AS answers
  FROM leads.disclosure d;
GRANT SELECT ON leads.disclosure_view TO throughline_app;
