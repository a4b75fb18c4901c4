-- Accounts at mail providers that tell by webhook what became of messages.
CREATE TABLE engagement.provider_source (
  id uuid PRIMARY KEY,
  -- Whose account it is: what it tells counts for this vendor's messages alone. Null is the operator's, whose relay carries everybody's.
  vendor_id uuid REFERENCES organisations.organisation (id),
  provider text NOT NULL CHECK (provider IN ('ses', 'sendgrid', 'postmark', 'mailgun')),
  name text NOT NULL CHECK (name <> ''),
  -- What proves that the provider tells it. Sealed, bound to the row: a copy of the database proves nothing.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_valid_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- What was told for the first time; of it what names no message of ours; and opens, clicks and notices that are not kept, repeats included.
  told bigint NOT NULL DEFAULT 0,
  unmatched bigint NOT NULL DEFAULT 0,
  ignored bigint NOT NULL DEFAULT 0,
  last_told_at timestamptz,
  CHECK ((previous_secret IS NULL) = (previous_valid_until IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX provider_source_of_vendor ON engagement.provider_source (vendor_id, id);

-- Mailgun signs a moment and a token, and not what it says: each token belongs to the first body that came with it.
CREATE TABLE engagement.provider_token (
  source_id uuid NOT NULL REFERENCES engagement.provider_source (id),
  token_hash bytea NOT NULL,
  body_hash bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (source_id, token_hash)
);
CREATE INDEX provider_token_by_age ON engagement.provider_token (source_id, at);

ALTER TABLE engagement.provider_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.provider_source FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.provider_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement.provider_token FORCE ROW LEVEL SECURITY;
CREATE POLICY provider_source_process ON engagement.provider_source USING ((SELECT database.is_system()));
CREATE POLICY provider_source_own ON engagement.provider_source USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY provider_token_process ON engagement.provider_token USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON engagement.provider_source TO throughline_app;
GRANT SELECT, INSERT, DELETE ON engagement.provider_token TO throughline_app;
