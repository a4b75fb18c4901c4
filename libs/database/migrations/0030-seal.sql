-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- Key pairs that sign for a vendor. The private key is encrypted under the installation's secret
-- and deleted when the key is retired.
CREATE TABLE seal.signing_key (
  vendor_id uuid NOT NULL,
  -- JWK thumbprint (RFC 7638).
  key_id text PRIMARY KEY,
  -- The public point, base64url (RFC 8037).
  x text NOT NULL,
  encrypted_private_key bytea,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  CHECK ((retired_at IS NULL) = (encrypted_private_key IS NOT NULL))
);
CREATE UNIQUE INDEX signing_key_live ON seal.signing_key (vendor_id) WHERE retired_at IS NULL;
CREATE INDEX signing_key_of_vendor ON seal.signing_key (vendor_id, created_at);
ALTER TABLE seal.signing_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY key_of_vendor ON seal.signing_key USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON seal.signing_key TO throughline_app;
GRANT UPDATE (encrypted_private_key, retired_at) ON seal.signing_key TO throughline_app;

-- What the masters of an activation consist of, signed at launch.
CREATE TABLE seal.activation_seal (
  activation_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  signed jsonb NOT NULL
);
CREATE TRIGGER activation_seal_is_final BEFORE UPDATE OR DELETE ON seal.activation_seal
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE seal.activation_seal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY activation_seal_process ON seal.activation_seal USING ((SELECT database.is_system()));
CREATE POLICY activation_seal_partner ON seal.activation_seal
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON seal.activation_seal TO throughline_app;

-- Signed proof that the final bytes were verified before they were sent.
CREATE TABLE seal.receipt (
  subject_kind text NOT NULL CHECK (subject_kind IN ('message', 'asset')),
  subject_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  signed jsonb NOT NULL,
  -- Fence of the message's claim. A receipt written under an older claim does not count.
  fence integer NOT NULL DEFAULT 0,
  PRIMARY KEY (subject_kind, subject_id)
);
ALTER TABLE seal.receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY receipt_process ON seal.receipt USING ((SELECT database.is_system()));
-- A receipt is about a message to a contact, so it belongs to the partner.
CREATE POLICY receipt_partner ON seal.receipt FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
-- UPDATE: a deferred message is built again, with another date.
GRANT SELECT, INSERT ON seal.receipt TO throughline_app;
GRANT UPDATE (signed, fence) ON seal.receipt TO throughline_app;
