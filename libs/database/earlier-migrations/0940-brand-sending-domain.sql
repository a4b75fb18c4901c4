-- A partner's own domain to send from. One a partner: it stands for its mail of all vendors.
CREATE TABLE brand.sending_domain (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- What stands before the @ of From.
  from_local text NOT NULL,
  -- Pending until its records were right for the first time; broken when they no longer are: then nothing goes out.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- What the last check found, record by record.
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  -- Since when it is in its state.
  state_since timestamptz NOT NULL,
  -- Since when DNS gives no answer: an outage of a name server is no break, until it lasts.
  unreachable_since timestamptz
);
CREATE INDEX sending_domain_next ON brand.sending_domain (next_check_at);

-- The pairs that sign mail of a domain. The private half only sealed under the installation's secret.
CREATE TABLE brand.dkim_key (
  partner_id uuid NOT NULL REFERENCES brand.sending_domain (partner_id) ON DELETE CASCADE,
  algorithm text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
  selector text NOT NULL,
  -- As `p=` of its record wants it (RFC 6376, RFC 8463).
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  PRIMARY KEY (partner_id, algorithm)
);

ALTER TABLE brand.sending_domain ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.sending_domain FORCE ROW LEVEL SECURITY;
ALTER TABLE brand.dkim_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.dkim_key FORCE ROW LEVEL SECURITY;
CREATE POLICY sending_domain_of_partner ON brand.sending_domain USING (partner_id = (SELECT database.partner_scope()));
-- A domain names nobody: a process finds those to be checked again, and counts them for a vendor.
CREATE POLICY sending_domain_process ON brand.sending_domain USING ((SELECT database.is_system()));
-- Keys only ever in their partner's own scope.
CREATE POLICY dkim_key_of_partner ON brand.dkim_key USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.sending_domain TO throughline_app;
GRANT SELECT, INSERT, DELETE ON brand.dkim_key TO throughline_app;
