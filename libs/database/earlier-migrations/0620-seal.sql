CREATE SCHEMA seal;
GRANT USAGE ON SCHEMA seal TO throughline_app;

-- The key pairs that sign in a vendor's name. The private half only encrypted under the installation's secret, and gone once retired.
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

-- Keys have moved to the lib that uses them; PEM becomes the last 32 bytes of its DER. An owner without the right to bypass
-- policies would see none of them.
ALTER TABLE campaigns.signing_key NO FORCE ROW LEVEL SECURITY;
INSERT INTO seal.signing_key (vendor_id, key_id, x, encrypted_private_key, created_at)
SELECT vendor_id, rtrim(translate(encode(sha256(convert_to('{"crv":"Ed25519","kty":"OKP","x":"' || x || '"}', 'UTF8')), 'base64'), '+/', '-_'), '='), x,
  encrypted_private_key, created_at
FROM (
  SELECT *, rtrim(translate(encode(substring(decode(regexp_replace(public_key, '-----[A-Z ]+-----|\s', '', 'g'), 'base64') FROM 13), 'base64'), '+/', '-_'), '=') AS x
  FROM campaigns.signing_key
) old;
DROP TABLE campaigns.signing_key;

-- What an activation's copies are made of, signed when it was launched.
CREATE TABLE seal.activation_seal (
  activation_id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  signed jsonb NOT NULL
);

-- That final bytes were verified before they left, signed.
CREATE TABLE seal.receipt (
  subject_kind text NOT NULL CHECK (subject_kind IN ('message', 'asset')),
  subject_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  signed jsonb NOT NULL,
  PRIMARY KEY (subject_kind, subject_id)
);

ALTER TABLE seal.signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal.signing_key FORCE ROW LEVEL SECURITY;
ALTER TABLE seal.activation_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal.activation_seal FORCE ROW LEVEL SECURITY;
ALTER TABLE seal.receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal.receipt FORCE ROW LEVEL SECURITY;

CREATE POLICY key_of_vendor ON seal.signing_key USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY activation_seal_process ON seal.activation_seal USING ((SELECT database.is_system()));
CREATE POLICY activation_seal_partner ON seal.activation_seal USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY receipt_process ON seal.receipt USING ((SELECT database.is_system()));
-- A receipt tells of a message to a contact: the partner's, like the message.
CREATE POLICY receipt_partner ON seal.receipt FOR SELECT USING (partner_id = (SELECT database.partner_scope()));

CREATE TRIGGER activation_seal_is_final BEFORE UPDATE OR DELETE ON seal.activation_seal FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

GRANT SELECT, INSERT ON seal.signing_key, seal.activation_seal, seal.receipt TO throughline_app;
GRANT UPDATE (encrypted_private_key, retired_at) ON seal.signing_key TO throughline_app;
-- A message that the relay refused for now is built anew, with another date.
GRANT UPDATE (signed) ON seal.receipt TO throughline_app;
