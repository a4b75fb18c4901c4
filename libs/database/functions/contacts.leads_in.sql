-- Contacts of a partner with a lead in one of the states, since an instant if one is given, and from
-- one campaign if one is given.
CREATE OR REPLACE FUNCTION contacts.leads_in(partner uuid, among uuid[], states text[], since timestamptz, campaign uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE AS $$
  SELECT l.contact_id FROM leads.lead l
  WHERE l.partner_id = partner AND l.status = ANY (states) AND (among IS NULL OR l.contact_id = ANY (among))
    AND (campaign IS NULL OR l.activation_id IN (SELECT a.id FROM activations.activation a WHERE a.partner_id = partner AND a.campaign_id = campaign))
    AND (since IS NULL OR since <= (SELECT max(e.at) FROM leads.lead_event e WHERE e.lead_id = l.id AND e.kind = 'status' AND e.status = l.status))
$$;
