-- Where the provider behind a relay can be asked for messages of which nobody knows whether it has taken them.
ALTER TABLE delivery.relay
  ADD COLUMN look_up text CHECK (look_up IN ('mailgun', 'postmark', 'sendgrid')),
  ADD COLUMN look_up_region text CHECK (look_up_region IN ('us', 'eu')),
  -- Mailgun's sending domain, Postmark's message stream.
  ADD COLUMN look_up_scope text,
  -- Sealed, as the password is.
  ADD COLUMN sealed_look_up_key bytea,
  -- Why nobody can ask there now; our own words.
  ADD COLUMN look_up_problem text,
  -- In a row.
  ADD COLUMN look_up_failures integer NOT NULL DEFAULT 0,
  -- Machine time.
  ADD COLUMN look_up_at timestamptz,
  ADD COLUMN look_up_next_at timestamptz NOT NULL DEFAULT now(),
  ADD CHECK ((look_up IS NULL) = (look_up_region IS NULL) AND (look_up IS NULL) = (sealed_look_up_key IS NULL)),
  ADD CHECK (look_up IS NOT NULL OR (look_up_scope IS NULL AND look_up_problem IS NULL));
CREATE INDEX relay_next_look_up ON delivery.relay (look_up_next_at) WHERE look_up IS NOT NULL;

-- What was asked for in vain, while a message is unknown: when it is asked again, and what an operator is shown. It decides nothing.
CREATE TABLE delivery.look_up (
  message_id uuid NOT NULL REFERENCES delivery.message (id),
  relay_id uuid NOT NULL REFERENCES delivery.relay (id) ON DELETE CASCADE,
  asked integer NOT NULL CHECK (asked > 0),
  asked_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, relay_id)
);
CREATE INDEX look_up_of_relay ON delivery.look_up (relay_id, next_at);
ALTER TABLE delivery.look_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery.look_up FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up_process ON delivery.look_up USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.look_up TO throughline_app;
