CREATE SCHEMA activations;
GRANT USAGE ON SCHEMA activations TO throughline_app;

CREATE TABLE activations.activation (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  campaign_id uuid NOT NULL REFERENCES campaigns.campaign (id),
  version_id uuid NOT NULL REFERENCES campaigns.campaign_version (id),
  list_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'held', 'completed', 'stopped')),
  status_reason text,
  slug text NOT NULL UNIQUE,
  locale text NOT NULL,
  time_zone text NOT NULL,
  start_at timestamptz NOT NULL,
  slots jsonb NOT NULL,
  brand_version integer NOT NULL,
  idempotency_key text NOT NULL,
  request_hash text NOT NULL,
  launched_by text NOT NULL,
  launched_at timestamptz NOT NULL,
  enrolled_at timestamptz,
  ended_at timestamptz,
  UNIQUE (partner_id, idempotency_key)
);
CREATE INDEX activation_of_partner ON activations.activation (partner_id, id);
CREATE INDEX activation_of_campaign ON activations.activation (campaign_id, id);
CREATE INDEX activation_of_version ON activations.activation (version_id) WHERE status IN ('active', 'held');

-- A master with the partner's values in its bytes: what every message of this activation is made of. Never changed.
CREATE TABLE activations.baked_master (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'page')),
  key text NOT NULL,
  locale text NOT NULL,
  root text NOT NULL,
  program_hash text NOT NULL,
  values_hash text NOT NULL,
  baked jsonb NOT NULL,
  PRIMARY KEY (activation_id, kind, key, locale)
);

-- Co-branded copies to download: documents and pictures.
CREATE TABLE activations.asset (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('document', 'social')),
  key text NOT NULL,
  locale text NOT NULL,
  format text NOT NULL,
  title text NOT NULL,
  post_text text,
  blob_hash text NOT NULL,
  media_type text NOT NULL,
  UNIQUE (activation_id, kind, key, locale, format)
);

ALTER TABLE activations.activation ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.activation FORCE ROW LEVEL SECURITY;
ALTER TABLE activations.baked_master ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.baked_master FORCE ROW LEVEL SECURITY;
ALTER TABLE activations.asset ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations.asset FORCE ROW LEVEL SECURITY;

CREATE POLICY activation_process ON activations.activation USING ((SELECT database.is_system()));
CREATE POLICY activation_partner ON activations.activation USING (partner_id = (SELECT database.partner_scope()));
-- That a partner runs a campaign is the vendor's to know; to whom it is sent is not, and stands elsewhere.
CREATE POLICY activation_vendor ON activations.activation FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY baked_master_process ON activations.baked_master USING ((SELECT database.is_system()));
CREATE POLICY baked_master_partner ON activations.baked_master USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY asset_process ON activations.asset USING ((SELECT database.is_system()));
CREATE POLICY asset_partner ON activations.asset USING (partner_id = (SELECT database.partner_scope()));
CREATE TRIGGER baked_master_is_final BEFORE UPDATE OR DELETE ON activations.baked_master FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

GRANT SELECT, INSERT, UPDATE ON activations.activation TO throughline_app;
GRANT SELECT, INSERT ON activations.baked_master, activations.asset TO throughline_app;
