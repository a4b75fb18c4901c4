-- needs: database.is_system, database.vendor_scope

-- Invitations of an import that are not sent yet: a vendor sends a limited number of them in a day. A row
-- goes when its e-mail is on its way.
CREATE TABLE identity.waiting_invitation (
  partner_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  email text NOT NULL,
  -- Of the mail (BCP 47); null: that of the country.
  locale text,
  -- The person or API key that asked for it.
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  -- For a day from then on no process takes it: one is sending it, or it was refused for a day.
  claimed_at timestamptz,
  -- Why it is never sent like this; null: it was not refused, or only until later.
  refusal text
);
CREATE INDEX waiting_invitation_of_vendor ON identity.waiting_invitation (vendor_id, asked_at);
ALTER TABLE identity.waiting_invitation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY waiting_invitation_process ON identity.waiting_invitation USING ((SELECT database.is_system()));
CREATE POLICY waiting_invitation_of_vendor ON identity.waiting_invitation USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.waiting_invitation TO throughline_app;
