-- What a deletion of an organisation deletes, in this order: tables, a condition with the organisation as
-- $1, and what is emptied where a row stays (null: the row goes). Contacts, the team and files have code of
-- their own (libs/privacy/src/organisation-data.service.ts).
-- test/api/organisation-deletion.api.spec.ts has the tables that stay, with reasons.
CREATE OR REPLACE FUNCTION privacy.deletion_source() RETURNS TABLE (place bigint, side text, name text, condition text, emptied text)
  LANGUAGE sql STABLE AS $$
  SELECT e.place, s.side, e.name, e.condition, e.emptied
  FROM (SELECT row_number() OVER () AS place, v.* FROM (VALUES
    ('both', 'webhooks.endpoint', 'organisation_id = $1', NULL),
    ('both', 'webhooks.event', 'organisation_id = $1', NULL),
    ('both', 'contacts.frequency_cap', 'owner_id = $1', NULL),
    ('both', 'notifications.notification', 'organisation_id = $1', NULL),
    ('both', 'notifications.digest', 'organisation_id = $1', NULL),
    ('both', 'notifications.mailbox_refusal', 'organisation_id = $1', NULL),
    ('both', 'privacy.organisation_export', 'organisation_id = $1 AND state IN (''running'', ''ready'')', 'state = ''failed'''),
    -- Opt-outs hold without the address.
    ('partner', 'contacts.suppression', 'partner_id = $1 AND email IS NOT NULL', 'email = NULL'),
    ('partner', 'contacts.consent_rule', 'partner_id = $1', NULL),
    ('partner', 'contacts.contact_import', 'partner_id = $1', NULL),
    ('partner', 'contacts.policy_refusal', 'partner_id = $1', NULL),
    ('partner', 'contacts.partner_frequency_use', 'partner_id = $1', NULL),
    ('partner', 'activations.activation_list', 'partner_id = $1', NULL),
    ('partner', 'contacts.contact_list', 'partner_id = $1', NULL),
    ('partner', 'activations.asset', 'partner_id = $1', NULL),
    ('partner', 'activations.slot_draft', 'partner_id = $1', NULL),
    ('partner', 'activations.launch_setting', 'partner_id = $1', NULL),
    ('partner', 'activations.calendar', 'partner_id = $1', NULL),
    ('partner', 'activations.campaign_news', 'partner_id = $1', NULL),
    ('partner', 'assets.partner_picture_cut', 'partner_id = $1', NULL),
    ('partner', 'assets.partner_picture', 'partner_id = $1', NULL),
    ('partner', 'assets.download', 'partner_id = $1', NULL),
    ('partner', 'brand.sending_identity', 'partner_id = $1', NULL),
    ('partner', 'brand.sending_preference', 'partner_id = $1', NULL),
    ('partner', 'brand.sending_domain', 'partner_id = $1', NULL),
    ('partner', 'brand.mailbox_proof', 'partner_id = $1', NULL),
    ('partner', 'brand.host_claim', 'partner_id = $1', NULL),
    ('partner', 'leads.reminder', 'partner_id = $1', NULL),
    ('partner', 'leads.mail_setting', 'partner_id = $1', NULL),
    ('partner', 'identity.colleague_suggestion', 'partner_id = $1', NULL),
    ('partner', 'organisations.attribute_value', 'partner_id = $1 AND attribute_id IN (SELECT id FROM organisations.partner_attribute WHERE owner = ''partner'')', NULL),
    ('partner', 'organisations.relay_consent', 'partner_id = $1', NULL),
    ('partner', 'organisations.shared_totals', 'partner_id = $1', NULL),
    ('partner', 'privacy.retention', 'partner_id = $1', NULL),
    ('partner', 'privacy.retention_run', 'partner_id = $1', NULL),
    -- Signatures are verified with the public part.
    ('vendor', 'seal.signing_key', 'vendor_id = $1 AND retired_at IS NULL', 'encrypted_private_key = NULL, retired_at = now()'),
    ('vendor', 'identity.mail_test', 'organisation_id = $1', NULL),
    ('vendor', 'identity.waiting_invitation', 'vendor_id = $1', NULL),
    ('vendor', 'founding.hidden_checklist', 'vendor_id = $1', NULL),
    ('vendor', 'joining.application', 'vendor_id = $1', NULL),
    ('vendor', 'joining.application_form', 'vendor_id = $1', NULL),
    ('vendor', 'organisations.attribute_value', 'vendor_id = $1', NULL),
    ('vendor', 'organisations.partner_attribute', 'vendor_id = $1', NULL),
    ('vendor', 'organisations.shared_totals', 'vendor_id = $1', NULL),
    ('vendor', 'activations.wave', 'vendor_id = $1', NULL),
    ('vendor', 'activations.launch_reminder', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.translation_request', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.translation_reviewer', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.translation_rule', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.translation', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.draft_file', 'vendor_id = $1', NULL),
    ('vendor', 'campaigns.campaign_version', 'vendor_id = $1 AND status = ''draft''', NULL),
    ('vendor', 'campaigns.campaign', 'vendor_id = $1 AND NOT EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.campaign_id = campaign.id)', NULL),
    ('vendor', 'assets.asset_group', 'vendor_id = $1', NULL),
    ('vendor', 'assets.library_copy', 'vendor_id = $1', NULL),
    ('vendor', 'assets.asset', 'vendor_id = $1 AND deleted_at IS NULL', 'deleted_at = now(), content = ''{}'', alt = ''{}'''),
    ('vendor', 'brand.vendor_domain', 'vendor_id = $1', NULL),
    ('vendor', 'brand.brand_kit', 'vendor_id = $1', NULL),
    ('vendor', 'brand.kit_logo', 'vendor_id = $1', NULL),
    ('vendor', 'delivery.relay', 'vendor_id = $1', NULL),
    ('vendor', 'delivery.unknown_policy', 'vendor_id = $1', NULL),
    ('vendor', 'engagement.provider_token', 'source_id IN (SELECT id FROM engagement.provider_source WHERE vendor_id = $1)', NULL),
    ('vendor', 'engagement.provider_source', 'vendor_id = $1', NULL),
    ('vendor', 'leads.disclosure_recipient', 'vendor_id = $1', NULL)
    ) v (side, name, condition, emptied)) e
  JOIN (VALUES ('partner'), ('vendor')) s (side) ON e.side IN (s.side, 'both')
  ORDER BY e.place
$$;
