-- A partner's mail under one domain of From: how much of it may go out on a day while receivers do not know it yet.
CREATE TABLE delivery.stream (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  domain text NOT NULL,
  -- The first look: so many went out since it began; the rest waits until what comes back of them is known.
  look_from timestamptz,
  look_taken integer NOT NULL DEFAULT 0,
  -- The ramp: what a day (UTC) takes; null once the domain is known, and for the mail domain, which others have warmed up.
  day date,
  day_limit integer CHECK (day_limit > 0),
  day_taken integer NOT NULL DEFAULT 0,
  -- Where those that wait are booked: the last day that has any, and how many.
  booked_day date,
  booked integer NOT NULL DEFAULT 0,
  PRIMARY KEY (partner_id, domain)
) WITH (fillfactor = 50);

-- What became of a partner's hand-overs, a row for each batch: appended only, so that no two batches wait for each other.
CREATE TABLE delivery.tally (
  partner_id uuid NOT NULL,
  at timestamptz NOT NULL,
  handed_over integer NOT NULL DEFAULT 0,
  -- Addresses that do not exist, and refusals of the sender as such; full mailboxes are neither.
  bounced integer NOT NULL DEFAULT 0,
  complained integer NOT NULL DEFAULT 0
);
CREATE INDEX tally_newest ON delivery.tally (partner_id, at DESC);

ALTER TABLE delivery.stream ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.stream FORCE ROW LEVEL SECURITY;
ALTER TABLE delivery.tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.tally FORCE ROW LEVEL SECURITY;
CREATE POLICY stream_process ON delivery.stream USING ((SELECT database.is_system()));
CREATE POLICY stream_of_partner ON delivery.stream FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
CREATE POLICY tally_process ON delivery.tally USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON delivery.stream TO throughline_app;
GRANT SELECT, INSERT, DELETE ON delivery.tally TO throughline_app;
