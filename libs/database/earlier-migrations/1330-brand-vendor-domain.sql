-- A vendor's own sub-domain: its partners' mail comes from it, each under its own name before the @, where a partner has no domain of its own.
CREATE TABLE brand.vendor_domain (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  -- As those of brand.sending_domain.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  findings jsonb NOT NULL,
  chosen_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  unreachable_since timestamptz
);
CREATE INDEX vendor_domain_next ON brand.vendor_domain (next_check_at);

CREATE TABLE brand.vendor_dkim_key (
  vendor_id uuid NOT NULL REFERENCES brand.vendor_domain (vendor_id) ON DELETE CASCADE,
  algorithm text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
  selector text NOT NULL,
  public_key text NOT NULL,
  sealed_private_key bytea NOT NULL,
  PRIMARY KEY (vendor_id, algorithm)
);

ALTER TABLE brand.vendor_domain ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.vendor_domain FORCE ROW LEVEL SECURITY;
ALTER TABLE brand.vendor_dkim_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.vendor_dkim_key FORCE ROW LEVEL SECURITY;
CREATE POLICY vendor_domain_of_vendor ON brand.vendor_domain USING (vendor_id = (SELECT database.vendor_scope()));
-- A process finds those to be checked again, and sends in a partner's scope.
CREATE POLICY vendor_domain_process ON brand.vendor_domain USING ((SELECT database.is_system()));
-- A partner sees from where its mail would come.
CREATE POLICY vendor_domain_of_member ON brand.vendor_domain FOR SELECT USING (EXISTS (
  SELECT 1 FROM organisations.membership m WHERE m.vendor_id = vendor_domain.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
CREATE POLICY vendor_dkim_key_of_vendor ON brand.vendor_dkim_key USING (vendor_id = (SELECT database.vendor_scope()));
-- What signs a partner's mail is opened by a process in that partner's scope.
CREATE POLICY vendor_dkim_key_process ON brand.vendor_dkim_key FOR SELECT USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.vendor_domain TO throughline_app;
GRANT SELECT, INSERT, DELETE ON brand.vendor_dkim_key TO throughline_app;
