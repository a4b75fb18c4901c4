-- needs: database.is_system, database.partner_scope, database.vendor_scope

-- Versions of the terms of a vendor's programme. A version is never changed.
CREATE TABLE joining.terms_version (
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  number integer NOT NULL CHECK (number > 0),
  -- By language, BCP 47.
  texts jsonb NOT NULL CHECK (texts <> '{}'),
  effective_on date NOT NULL,
  -- The last day (UTC) on which a partner can launch without having accepted it, if is_required.
  accept_by date NOT NULL,
  is_required boolean NOT NULL,
  published_by text NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (vendor_id, number)
);
ALTER TABLE joining.terms_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY terms_version_process ON joining.terms_version USING ((SELECT database.is_system()));
CREATE POLICY terms_version_of_vendor ON joining.terms_version USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY terms_version_of_partner ON joining.terms_version FOR SELECT USING (
  EXISTS (SELECT 1 FROM organisations.membership m
    WHERE m.vendor_id = terms_version.vendor_id AND m.partner_id = (SELECT database.partner_scope())));
GRANT SELECT, INSERT ON joining.terms_version TO throughline_app;

-- Who accepted which version for a partner.
CREATE TABLE joining.terms_acceptance (
  vendor_id uuid NOT NULL,
  number integer NOT NULL,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- The person, and its name then.
  user_id uuid,
  accepted_by text NOT NULL,
  accepted_at timestamptz NOT NULL,
  -- Of the text that the person read, and the SHA-256 of its UTF-8 bytes.
  language text NOT NULL,
  text_hash text NOT NULL CHECK (text_hash ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (vendor_id, partner_id, number),
  FOREIGN KEY (vendor_id, number) REFERENCES joining.terms_version
);
CREATE INDEX terms_acceptance_of_partner ON joining.terms_acceptance (partner_id);
ALTER TABLE joining.terms_acceptance ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY terms_acceptance_process ON joining.terms_acceptance USING ((SELECT database.is_system()));
CREATE POLICY terms_acceptance_of_partner ON joining.terms_acceptance USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY terms_acceptance_of_vendor ON joining.terms_acceptance FOR SELECT USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON joining.terms_acceptance TO throughline_app;
