-- Disclosures of an erased or deleted contact are revoked, and each vendor is told to delete its
-- copy. The purpose is a text of the partner's: it may name the person.
CREATE OR REPLACE FUNCTION leads.revoke_disclosures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The name of a shared deal is a text of the partner's, too.
  UPDATE leads.deal_share SET name = '' WHERE deal_id IN (SELECT id FROM leads.deal WHERE contact_id = OLD.id) AND name <> '';
  UPDATE leads.disclosure SET purpose = '' WHERE contact_id = OLD.id AND revoked_at IS NOT NULL;
  WITH revoked AS (
    UPDATE leads.disclosure SET person = NULL, purpose = '', revoked_by = 'the contact was removed', revoked_at = now()
    WHERE contact_id = OLD.id AND revoked_at IS NULL RETURNING id, activation_id, vendor_id, partner_id, fields),
  told AS (
    SELECT r.*, a.campaign_id, side FROM revoked r JOIN activations.activation a ON a.id = r.activation_id
    CROSS JOIN unnest(ARRAY['vendor', 'partner']) side)
  INSERT INTO webhooks.event (id, organisation_id, audience, type, data, occurred_at)
  SELECT gen_random_uuid(), CASE side WHEN 'vendor' THEN vendor_id ELSE partner_id END, side, 'lead.disclosure-revoked',
    jsonb_build_object('disclosureId', id, 'campaignId', campaign_id, 'partnerId', partner_id, 'fields', to_jsonb(fields)), now()
  FROM told;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER revoke_disclosures AFTER DELETE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION leads.revoke_disclosures();
