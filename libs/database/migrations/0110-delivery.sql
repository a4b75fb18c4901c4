-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- The ledger: one row for each message that was ever intended, with exactly one state and reason.
CREATE TABLE delivery.message (
  -- UUIDv5 of enrolment, step and occurrence: the same intent is the same row, whoever plans it.
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  activation_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  step_key text NOT NULL,
  occurrence integer NOT NULL,
  email_key text NOT NULL,
  state text NOT NULL CHECK (state IN (
    'planned', 'leased', 'handing_off', 'accepted', 'delivered', 'bounced', 'complained',
    'failed', 'skipped', 'unknown', 'closed_unknown'
  )),
  -- Bumped by each claim; a write under an old fence changes nothing.
  fence integer NOT NULL DEFAULT 0,
  -- Machine time: a lease must hold while the product's calendar is moved.
  lease_until timestamptz,
  attempt integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  reason text,
  consent_record_id uuid,
  smtp_code integer,
  final_hash text,
  planned_at timestamptz NOT NULL,
  settled_at timestamptz,
  smtp_enhanced text,
  -- What the relay said last, for people; cut to 500 characters.
  smtp_text text,
  unknown_since timestamptz,
  -- How long its process may take from handing_off on. Beside `lease_until`, which holds while a
  -- message waits in the queue and is indexed: a row that is handed off stays in the index, where
  -- the sweep meets and passes it.
  hand_over_until timestamptz,
  -- When it was due by its calendar, for lateness.
  due_at timestamptz,
  -- The decision on consent stands with each message itself: the record that it rested on goes when
  -- a person is erased.
  consent_basis text,
  consent_rules smallint,
  -- The moment of the touch that a message holds: a retry moves it and takes no second one.
  touched_at timestamptz,
  -- By which relay a message went, or was left in doubt, and whose mail servers were meant: where
  -- evidence is looked for, and why it waits. || The relay's id, or SMTP_URL. No reference: a relay
  -- may go, what it did stays. Null before the first hand-over, and where its process died unheard.
  relay text,
  -- Null where the recipient's domain has servers of its own: it may be a person's name, and these
  -- rows outlive their people.
  mail_group text,
  -- Which recipient variant a message was rendered as: its locale and the conditions that held, by
  -- the name that the renderer gives it. Written with the hand-over, so that no crash can lose it.
  -- The vendor's words, not the person's values. Null where it went out before this was written
  -- down.
  variant text CHECK (length(variant) BETWEEN 1 AND 450),
  -- Until when a message last waited because somebody had set that moment: a first look, a domain's
  -- daily limit, a hold. It is not late before.
  waited_until timestamptz,
  -- Which hand-off took a message: of two under one fence, the first undone, whoever frees its own
  -- must not free the other's.
  hand_off uuid,
  UNIQUE (enrolment_id, step_key, occurrence),
  -- Each queue of the ledger is exactly the rows of its state.
  CONSTRAINT message_leased CHECK ((state IN ('leased', 'handing_off')) = (lease_until IS NOT NULL)),
  CONSTRAINT message_planned CHECK ((state = 'planned') = (retry_at IS NOT NULL)),
  CONSTRAINT message_is_unknown CHECK ((state = 'unknown') = (unknown_since IS NOT NULL))
) WITH (autovacuum_analyze_scale_factor = 0.01, fillfactor = 50);
CREATE INDEX message_of_activation ON delivery.message (activation_id, id);
CREATE INDEX message_of_contact ON delivery.message (contact_id);
CREATE INDEX message_lease ON delivery.message (lease_until) WHERE lease_until IS NOT NULL;
-- Retries are taken in turns by partner: whoever has ten does not wait behind somebody's hundred
-- thousand. In each partner's order, and whether anything is due at all.
CREATE INDEX message_retry_of_partner ON delivery.message (partner_id, retry_at, due_at, enrolment_id)
  WHERE retry_at IS NOT NULL;
CREATE INDEX message_retry ON delivery.message (retry_at) WHERE retry_at IS NOT NULL;
-- All unknown messages are gone through page by page, oldest first; those of one dead process have
-- one moment.
CREATE INDEX message_unknown_in_order ON delivery.message (unknown_since, id) WHERE unknown_since IS NOT NULL;
ALTER TABLE delivery.message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Ids only: no address and no name stands here, so the scheduler may see all of them; a vendor sees
-- none.
CREATE POLICY message_process ON delivery.message USING ((SELECT database.is_system()));
CREATE POLICY message_partner ON delivery.message FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.message TO throughline_app;

-- Destinations (domains of addresses) that spoke of rates or reputation: nothing goes there until
-- then.
CREATE TABLE delivery.destination (
  mail_group text PRIMARY KEY,
  -- In a row, since the last message that it took.
  refusals integer NOT NULL CHECK (refusals >= 0),
  paused_until timestamptz NOT NULL,
  smtp_text text NOT NULL,
  rate double precision NOT NULL DEFAULT 60 CHECK (rate > 0),
  -- Messages that may go at once, and since when no more were counted.
  tokens double precision NOT NULL DEFAULT 0 CHECK (tokens >= 0),
  counted_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE delivery.destination ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY destination_process ON delivery.destination USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.destination TO throughline_app;

-- The kill switch: what is halted sends nothing, whoever launched it, until somebody lifts it. Rows
-- stay as history.
CREATE TABLE delivery.halt (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('everything', 'vendor', 'partner', 'campaign', 'activation')),
  subject_id uuid,
  reason text NOT NULL CHECK (reason <> ''),
  halted_by text NOT NULL,
  halted_at timestamptz NOT NULL,
  lifted_by text,
  lifted_at timestamptz,
  -- A halt may also be the product's own: a domain that is no longer authentic, too many bounces or
  -- complaints. Each cause stands and is lifted for itself: mending a DNS record lifts nothing that
  -- an operator or the circuit breaker said.
  cause text NOT NULL DEFAULT 'operator' CHECK (cause IN ('operator', 'identity', 'bounces', 'complaints', 'restore')),
  -- What was counted, for people.
  facts jsonb NOT NULL DEFAULT '{}',
  -- When the partner was told; an operator tells by word of mouth.
  told_at timestamptz,
  CHECK ((scope = 'everything') = (subject_id IS NULL)),
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX halt_in_force ON delivery.halt (scope, subject_id, cause) NULLS NOT DISTINCT
  WHERE lifted_at IS NULL;
CREATE INDEX halt_untold ON delivery.halt (halted_at) WHERE told_at IS NULL AND lifted_at IS NULL;
ALTER TABLE delivery.halt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY halt_process ON delivery.halt USING ((SELECT database.is_system()));
-- A partner sees what the product stopped of its own mail, and why; an operator's words are for
-- operators.
CREATE POLICY halt_of_partner ON delivery.halt FOR SELECT
  USING (scope = 'partner' AND cause <> 'operator' AND subject_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.halt TO throughline_app;

-- What came back about messages, append-only: the evidence that the ledger's later states rest on,
-- and the dedupe of whoever tells it twice.
CREATE TABLE delivery.message_event (
  id uuid PRIMARY KEY,
  -- Who told it: smtp, or a provider's webhook.
  source text NOT NULL,
  -- The report's own name there.
  source_id text NOT NULL,
  -- Without a message where it names none of ours: kept and counted all the same.
  message_id uuid REFERENCES delivery.message (id),
  partner_id uuid REFERENCES organisations.organisation (id),
  kind text NOT NULL CHECK (kind IN (
    'hard', 'soft', 'block', 'unknown', 'complaint', 'challenge', 'auto-reply', 'reply',
    'delivered', 'underway', 'unsubscribe', 'absent'
  )),
  -- The rule that decided.
  why text NOT NULL,
  status text,
  reporter text,
  -- The other server's words without addresses: nobody is named here.
  excerpt text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (source, source_id),
  CHECK (message_id IS NULL OR partner_id IS NOT NULL)
);
CREATE INDEX message_event_of_message ON delivery.message_event (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_event_of_partner ON delivery.message_event (partner_id, id) WHERE partner_id IS NOT NULL;
CREATE TRIGGER message_event_is_final BEFORE UPDATE OR DELETE ON delivery.message_event
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE delivery.message_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY message_event_process ON delivery.message_event USING ((SELECT database.is_system()));
CREATE POLICY message_event_partner ON delivery.message_event FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON delivery.message_event TO throughline_app;

-- A partner's mail under one domain of From: how much of it may go out on a day while receivers do
-- not know it yet.
CREATE TABLE delivery.stream (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  domain text NOT NULL,
  -- The first look: so many went out since it began; the rest waits until what comes back of them
  -- is known.
  look_from timestamptz,
  look_taken integer NOT NULL DEFAULT 0,
  -- The ramp: what a day (UTC) takes; null once the domain is known, and for the mail domain, which
  -- others have warmed up.
  day date,
  day_limit integer CHECK (day_limit > 0),
  day_taken integer NOT NULL DEFAULT 0,
  -- Where those that wait are booked: the last day that has any, and how many.
  booked_day date,
  booked integer NOT NULL DEFAULT 0,
  PRIMARY KEY (partner_id, domain)
) WITH (fillfactor = 50);
ALTER TABLE delivery.stream ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stream_process ON delivery.stream USING ((SELECT database.is_system()));
CREATE POLICY stream_of_partner ON delivery.stream FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.stream TO throughline_app;

-- What became of a partner's hand-overs, a row for each batch: appended only, so that no two
-- batches wait for each other.
CREATE TABLE delivery.tally (
  partner_id uuid NOT NULL,
  at timestamptz NOT NULL,
  handed_over integer NOT NULL DEFAULT 0,
  -- Addresses that do not exist, and refusals of the sender as such; full mailboxes are neither.
  bounced integer NOT NULL DEFAULT 0,
  complained integer NOT NULL DEFAULT 0
);
CREATE INDEX tally_newest ON delivery.tally (partner_id, at DESC);
ALTER TABLE delivery.tally ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tally_process ON delivery.tally USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON delivery.tally TO throughline_app;

-- One row: which life of the installation this is. A backup that was restored is another life than
-- the one that sent after it was taken.
CREATE TABLE delivery.instance (
  singleton boolean DEFAULT true PRIMARY KEY CHECK (singleton),
  epoch integer NOT NULL CHECK (epoch > 0),
  -- The database server and database by their own names; another one is another life, too.
  server text NOT NULL,
  -- What was due until then may have been sent before the restore: nobody knows.
  doubt_until timestamptz,
  confirmed_by text,
  confirmed_at timestamptz
);
ALTER TABLE delivery.instance ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY instance_process ON delivery.instance USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON delivery.instance TO throughline_app;

-- How often each scheduler has claimed. It keeps the same number on its own disk: a database that
-- knows less is an old one.
CREATE TABLE delivery.pulse (
  process text PRIMARY KEY,
  n bigint NOT NULL,
  at timestamptz NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE delivery.pulse ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY pulse_process ON delivery.pulse USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.pulse TO throughline_app;

-- Relays that take the mail of a vendor's campaigns, or of the installation where there is no
-- vendor, in the order of their priority.
CREATE TABLE delivery.relay (
  id uuid PRIMARY KEY,
  vendor_id uuid REFERENCES organisations.organisation (id),
  name text NOT NULL CHECK (name <> ''),
  host text NOT NULL CHECK (host = lower(host)),
  port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  tls text NOT NULL CHECK (tls IN ('implicit', 'required', 'opportunistic')),
  username text,
  -- Sealed: a copy of the database signs in nowhere.
  sealed_password bytea,
  -- The lowest first.
  priority integer NOT NULL CHECK (priority BETWEEN 1 AND 1000),
  -- At once, of each scheduler.
  connections integer NOT NULL CHECK (connections BETWEEN 1 AND 100),
  enabled boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Bumped by each change of the settings: what was found of the old ones says nothing of the new
  -- ones.
  revision integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'untried' CHECK (state IN ('untried', 'healthy', 'unhealthy')),
  state_since timestamptz NOT NULL,
  -- What it said, or why it could not be reached. Hostile text, cut to 500 characters.
  problem text,
  -- In a row.
  failures integer NOT NULL DEFAULT 0,
  -- Machine time: relays are not on the product's calendar.
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  -- Where the provider behind a relay can be asked for messages of which nobody knows whether it
  -- has taken them.
  look_up text CHECK (look_up IN ('mailgun', 'postmark', 'sendgrid')),
  look_up_region text CHECK (look_up_region IN ('us', 'eu')),
  -- Mailgun's sending domain, Postmark's message stream.
  look_up_scope text,
  -- Sealed, as the password is.
  sealed_look_up_key bytea,
  -- Why nobody can ask there now; our own words.
  look_up_problem text,
  -- In a row.
  look_up_failures integer NOT NULL DEFAULT 0,
  -- Machine time.
  look_up_at timestamptz,
  look_up_next_at timestamptz NOT NULL DEFAULT now(),
  -- By which name the trouble of a look-up is known to whoever says it in another language; the
  -- sentence beside it stays English.
  look_up_trouble text,
  CHECK ((username IS NULL) = (sealed_password IS NULL)),
  CHECK ((state = 'unhealthy') = (problem IS NOT NULL)),
  CHECK (((look_up IS NULL) = (look_up_region IS NULL)) AND ((look_up IS NULL) = (sealed_look_up_key IS NULL))),
  CHECK (look_up IS NOT NULL OR (look_up_scope IS NULL AND look_up_problem IS NULL))
);
CREATE INDEX relay_of_vendor ON delivery.relay (vendor_id, priority, id);
CREATE INDEX relay_next_check ON delivery.relay (next_check_at) WHERE enabled;
CREATE INDEX relay_next_look_up ON delivery.relay (look_up_next_at) WHERE look_up IS NOT NULL;
ALTER TABLE delivery.relay ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY relay_process ON delivery.relay USING ((SELECT database.is_system()));
CREATE POLICY relay_of_its_vendor ON delivery.relay USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.relay TO throughline_app;

-- What a vendor wants done with messages of which no evidence tells whether they went out. Without
-- a row: they are never repeated.
CREATE TABLE delivery.unknown_policy (
  vendor_id uuid PRIMARY KEY REFERENCES organisations.organisation (id),
  on_unknown text NOT NULL CHECK (on_unknown IN ('close', 'repeat-absent', 'repeat')),
  repeat_after_hours integer NOT NULL CHECK (repeat_after_hours BETWEEN 1 AND 168),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL
);
ALTER TABLE delivery.unknown_policy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY unknown_policy_process ON delivery.unknown_policy USING ((SELECT database.is_system()));
CREATE POLICY unknown_policy_of_its_vendor ON delivery.unknown_policy
  USING (vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.unknown_policy TO throughline_app;

-- By which mail servers a domain's mail is taken: a limit of theirs holds for all domains that they
-- serve. A cache of DNS.
CREATE TABLE delivery.mail_group (
  domain text PRIMARY KEY,
  -- The domain itself until it was looked up, and where nobody could tell.
  mail_group text NOT NULL,
  -- Machine time.
  next_look_at timestamptz NOT NULL
);
CREATE INDEX mail_group_next_look ON delivery.mail_group (next_look_at);
ALTER TABLE delivery.mail_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_group_process ON delivery.mail_group USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.mail_group TO throughline_app;

-- What was asked for in vain, while a message is unknown: when it is asked again, and what an
-- operator is shown. It decides nothing.
CREATE TABLE delivery.look_up (
  message_id uuid NOT NULL REFERENCES delivery.message (id),
  relay_id uuid NOT NULL REFERENCES delivery.relay (id) ON DELETE CASCADE,
  asked integer NOT NULL CHECK (asked > 0),
  asked_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, relay_id)
);
CREATE INDEX look_up_of_relay ON delivery.look_up (relay_id, next_at);
ALTER TABLE delivery.look_up ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up_process ON delivery.look_up USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.look_up TO throughline_app;
