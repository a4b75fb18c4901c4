-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- The key pairs that sign in a vendor's name. The private half only encrypted under the
-- installation's secret, and gone once retired.
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

-- What an activation's copies are made of, signed when it was launched.
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

-- That final bytes were verified before they left, signed.
CREATE TABLE seal.receipt (
  subject_kind text NOT NULL CHECK (subject_kind IN ('message', 'asset')),
  subject_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  signed jsonb NOT NULL,
  -- Who was overtaken on a message while building it keeps its receipt after the one that was sent:
  -- of an older claim it does not count.
  fence integer NOT NULL DEFAULT 0,
  PRIMARY KEY (subject_kind, subject_id)
);
ALTER TABLE seal.receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY receipt_process ON seal.receipt USING ((SELECT database.is_system()));
-- A receipt tells of a message to a contact: the partner's, like the message.
CREATE POLICY receipt_partner ON seal.receipt FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON seal.receipt TO throughline_app;
GRANT UPDATE (signed, fence) ON seal.receipt TO throughline_app;
