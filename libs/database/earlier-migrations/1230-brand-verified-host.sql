-- What makes a host a partner's own: evidence, with when and how. A third kind of it, a verified sending domain, stands in its own table.

-- The host of a mailbox that accepted an invitation to the partner: the link went there. What it proves is judged when it is read, by
-- the lists of that day (public suffixes, mailbox providers), so that it stands here as it was written.
CREATE TABLE brand.mailbox_proof (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  mail_host text NOT NULL CHECK (mail_host = lower(mail_host)),
  -- Of the first such mailbox.
  proved_at timestamptz NOT NULL,
  PRIMARY KEY (partner_id, mail_host)
);

-- A host that a partner says is its own, with the record that proves it.
CREATE TABLE brand.host_claim (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  host text NOT NULL CHECK (host = lower(host)),
  -- What the TXT record says, whole: no other partner's.
  record_value text NOT NULL,
  -- Pending until the record was there for the first time; broken when it no longer is.
  state text NOT NULL CHECK (state IN ('pending', 'verified', 'broken')),
  -- What the last check found; null before the first.
  finding jsonb,
  claimed_at timestamptz NOT NULL,
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  -- Since when DNS gives no answer: an outage of a name server is no break, until it lasts.
  unreachable_since timestamptz,
  PRIMARY KEY (partner_id, host)
);
CREATE INDEX host_claim_next ON brand.host_claim (next_check_at);

ALTER TABLE brand.mailbox_proof ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.mailbox_proof FORCE ROW LEVEL SECURITY;
ALTER TABLE brand.host_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE brand.host_claim FORCE ROW LEVEL SECURITY;
-- A partner reads what it has proved; only a process writes it down.
CREATE POLICY mailbox_proof_of_partner ON brand.mailbox_proof FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY mailbox_proof_process ON brand.mailbox_proof USING ((SELECT database.is_system()));
CREATE POLICY host_claim_of_partner ON brand.host_claim USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY host_claim_process ON brand.host_claim USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON brand.mailbox_proof TO throughline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON brand.host_claim TO throughline_app;

-- Invitations that were accepted before. The owner of the tables is subject to their policies, too.
SELECT set_config('throughline.system', 'on', true);
INSERT INTO brand.mailbox_proof (partner_id, mail_host, proved_at)
SELECT i.organisation_id, lower(split_part(i.email, '@', 2)), min(i.accepted_at)
FROM identity.invitation i JOIN organisations.organisation o ON o.id = i.organisation_id
WHERE o.kind = 'partner' AND i.accepted_at IS NOT NULL AND i.email ~ '^[^\s@"]+@[A-Za-z0-9.-]+$'
GROUP BY 1, 2;
SELECT set_config('throughline.system', '', true);
