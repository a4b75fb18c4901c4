-- A cap of one partner, too: for each address the moments at which messages of whichever vendors' campaigns went to it from that partner.
CREATE TABLE contacts.partner_touch (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  key_version smallint NOT NULL,
  email_key bytea NOT NULL CHECK (octet_length(email_key) = 32),
  -- In whole minutes, oldest first; what no window counts any more goes with the next touch.
  taken timestamptz[] NOT NULL,
  PRIMARY KEY (partner_id, email_key, key_version)
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE contacts.partner_touch ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.partner_touch FORCE ROW LEVEL SECURITY;
-- A process, and only in the scope of the partner whose it is.
CREATE POLICY partner_touch_by_process ON contacts.partner_touch
  USING ((SELECT database.is_system()) AND partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts.partner_touch TO throughline_app;
