-- needs: database.is_system, database.partner_scope, database.refuse_change, database.vendor_scope

-- The ledger: one row per intended message, with exactly one state and reason. No index contains
-- `state`: the step from leased to releasing then changes no indexed column and is a HOT update.
-- (Before, each change of state wrote six indexes.) No foreign keys to organisations: each cost a
-- query and a row lock per message, half of the insert.
CREATE TABLE delivery.message (
  -- UUIDv5 of enrolment, step and occurrence: the same intent is always the same row.
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
    'planned', 'leased', 'releasing', 'accepted', 'delivered', 'bounced', 'complained',
    'failed', 'skipped', 'unknown', 'closed_unknown'
  )),
  -- Increased by each claim. A write under an older fence changes nothing.
  fence integer NOT NULL DEFAULT 0,
  -- Machine time: a lease must hold while a demonstration moves the calendar.
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
  -- The relay's last answer, cut to 500 characters.
  smtp_text text,
  unknown_since timestamptz,
  -- Until when the releasing process may take to submit the message. Separate from `lease_until`,
  -- which is indexed: this change stays a HOT update.
  submit_until timestamptz,
  -- When the calendar made it due; lateness is measured from here.
  due_at timestamptz,
  -- The consent decision is copied to the message, because the consent record is deleted when the
  -- person is erased.
  consent_basis text,
  consent_rules smallint,
  -- Time of the frequency use that the message holds. A retry moves it and takes no second one.
  frequency_use_at timestamptz,
  -- The relay's id, or SMTP_URL. No foreign key: a relay may be deleted. Null before the first
  -- submission, and where the process died without a record.
  relay text,
  -- The mail servers of the recipient's domain. Null where the domain has servers of its own: it
  -- may be a person's name, and rows outlive their contacts.
  mail_group text,
  -- The recipient variant that was rendered: locale and conditions, by the renderer's name for it.
  -- It contains the vendor's words only, no personal data. Written with the release, so no crash
  -- can lose it.
  variant text CHECK (length(variant) BETWEEN 1 AND 450),
  -- End of the last planned wait: initial hold, daily limit or halt. The message is not late before
  -- then.
  waited_until timestamptz,
  -- Id of the release that took the message. Of two releases under one fence, one must not free the
  -- other's message.
  release_id uuid,
  UNIQUE (enrolment_id, step_key, occurrence),
  -- Each queue of the ledger is exactly the rows of its state.
  CONSTRAINT message_leased CHECK ((state IN ('leased', 'releasing')) = (lease_until IS NOT NULL)),
  CONSTRAINT message_planned CHECK ((state = 'planned') = (retry_at IS NOT NULL)),
  CONSTRAINT message_is_unknown CHECK ((state = 'unknown') = (unknown_since IS NOT NULL))
) WITH (autovacuum_analyze_scale_factor = 0.01, fillfactor = 50);
CREATE INDEX message_of_activation ON delivery.message (activation_id, id);
CREATE INDEX message_of_contact ON delivery.message (contact_id);
CREATE INDEX message_lease ON delivery.message (lease_until) WHERE lease_until IS NOT NULL;
-- Partners take turns for retries, so ten retries of one do not wait for a hundred thousand of
-- another. message_retry answers whether any is due.
CREATE INDEX message_retry_of_partner ON delivery.message (partner_id, retry_at, due_at, enrolment_id)
  WHERE retry_at IS NOT NULL;
CREATE INDEX message_retry ON delivery.message (retry_at) WHERE retry_at IS NOT NULL;
-- Unknown messages are read page by page, oldest first. Those of one dead process share one time,
-- hence the id.
CREATE INDEX message_unknown_in_order ON delivery.message (unknown_since, id) WHERE unknown_since IS NOT NULL;
ALTER TABLE delivery.message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- The row holds ids only, no address and no name, so the scheduler may see all rows. A vendor sees
-- none.
CREATE POLICY message_process ON delivery.message USING ((SELECT database.is_system()));
CREATE POLICY message_partner ON delivery.message FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.message TO throughline_app;

-- Groups of mail servers that answered with a rate limit or a reputation block. Sending to them
-- pauses, then continues at a growing rate.
CREATE TABLE delivery.destination (
  mail_group text PRIMARY KEY,
  -- Consecutive refusals since the last accepted message.
  refusals integer NOT NULL CHECK (refusals >= 0),
  paused_until timestamptz NOT NULL,
  smtp_text text NOT NULL,
  rate double precision NOT NULL DEFAULT 60 CHECK (rate > 0),
  -- Messages that may be sent at once, and when this was last computed.
  tokens double precision NOT NULL DEFAULT 0 CHECK (tokens >= 0),
  counted_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE delivery.destination ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY destination_process ON delivery.destination USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.destination TO throughline_app;

-- Kill switch: a halted subject sends nothing until the halt is lifted. Rows remain as history.
CREATE TABLE delivery.halt (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('everything', 'vendor', 'partner', 'campaign', 'activation')),
  subject_id uuid,
  reason text NOT NULL CHECK (reason <> ''),
  halted_by text NOT NULL,
  halted_at timestamptz NOT NULL,
  lifted_by text,
  lifted_at timestamptz,
  -- A halt may also be automatic: a domain that is no longer authenticated, too many bounces or
  -- complaints, trouble that the operator must look into. Each cause has its own halt and is lifted
  -- separately.
  cause text NOT NULL DEFAULT 'operator' CHECK (cause IN ('operator', 'identity', 'bounces', 'complaints', 'trouble', 'restore')),
  -- The counts behind an automatic halt, for display.
  facts jsonb NOT NULL DEFAULT '{}',
  -- When the partner was notified. Operators inform partners themselves.
  notified_at timestamptz,
  CHECK ((scope = 'everything') = (subject_id IS NULL)),
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX halt_in_force ON delivery.halt (scope, subject_id, cause) NULLS NOT DISTINCT
  WHERE lifted_at IS NULL;
CREATE INDEX halt_unnotified ON delivery.halt (halted_at) WHERE notified_at IS NULL AND lifted_at IS NULL;
ALTER TABLE delivery.halt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY halt_process ON delivery.halt USING ((SELECT database.is_system()));
-- A partner sees automatic halts of its own e-mail. Reasons written by operators are for operators.
CREATE POLICY halt_of_partner ON delivery.halt FOR SELECT
  USING (scope = 'partner' AND cause <> 'operator' AND subject_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.halt TO throughline_app;

-- Reports about messages, append-only: the evidence for later states of the ledger. Repeated
-- reports are recognised here.
CREATE TABLE delivery.message_event (
  id uuid PRIMARY KEY,
  -- `smtp`, or a provider's webhook.
  source text NOT NULL,
  -- The report's id at its source.
  source_id text NOT NULL,
  -- Null where the report names no message of this installation. It is stored and counted all the
  -- same.
  message_id uuid REFERENCES delivery.message (id),
  partner_id uuid REFERENCES organisations.organisation (id),
  kind text NOT NULL CHECK (kind IN (
    'hard', 'soft', 'block', 'unknown', 'complaint', 'challenge', 'auto-reply', 'reply',
    'delivered', 'underway', 'unsubscribe', 'absent',
    -- A reply that did not reach the partner's mailbox.
    'forwarding-failed'
  )),
  -- The rule that classified the report.
  why text NOT NULL,
  status text,
  reporter text,
  -- Text of the other server, without addresses.
  excerpt text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (source, source_id),
  CHECK (message_id IS NULL OR partner_id IS NOT NULL)
);
CREATE INDEX message_event_of_message ON delivery.message_event (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_event_of_partner ON delivery.message_event (partner_id, id) WHERE partner_id IS NOT NULL;
CREATE INDEX message_event_not_forwarded ON delivery.message_event (partner_id, at) WHERE kind = 'forwarding-failed';
CREATE TRIGGER message_event_is_final BEFORE UPDATE OR DELETE ON delivery.message_event
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE delivery.message_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY message_event_process ON delivery.message_event USING ((SELECT database.is_system()));
CREATE POLICY message_event_partner ON delivery.message_event FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON delivery.message_event TO throughline_app;

-- A partner's e-mail from one From domain, and its limits while receivers do not know the domain
-- yet.
CREATE TABLE delivery.stream (
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  domain text NOT NULL,
  -- Initial hold: messages sent since it began. The others wait until the results of these are
  -- known.
  hold_from timestamptz,
  hold_used integer NOT NULL DEFAULT 0,
  -- Warm-up: the limit of a day (UTC). Null once the domain is known, and for the installation's
  -- own domain.
  day date,
  day_limit integer CHECK (day_limit > 0),
  day_used integer NOT NULL DEFAULT 0,
  -- The last day with waiting messages, and their number.
  booked_day date,
  booked integer NOT NULL DEFAULT 0,
  PRIMARY KEY (partner_id, domain)
) WITH (fillfactor = 50);
ALTER TABLE delivery.stream ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stream_process ON delivery.stream USING ((SELECT database.is_system()));
CREATE POLICY stream_of_partner ON delivery.stream FOR SELECT
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON delivery.stream TO throughline_app;

-- Results of a partner's submissions, one row per batch. Append-only, so that no batch waits for
-- another.
CREATE TABLE delivery.tally (
  partner_id uuid NOT NULL,
  at timestamptz NOT NULL,
  submitted integer NOT NULL DEFAULT 0,
  -- Addresses that do not exist, and refusals of the sender. Full mailboxes do not count.
  bounced integer NOT NULL DEFAULT 0,
  complained integer NOT NULL DEFAULT 0
);
CREATE INDEX tally_newest ON delivery.tally (partner_id, at DESC);
ALTER TABLE delivery.tally ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tally_process ON delivery.tally USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, DELETE ON delivery.tally TO throughline_app;

-- A single row that identifies this run of the installation. A restored backup gets a new epoch.
CREATE TABLE delivery.instance (
  singleton boolean DEFAULT true PRIMARY KEY CHECK (singleton),
  epoch integer NOT NULL CHECK (epoch > 0),
  -- Identity of the database server and database. Another one means a new epoch.
  server text NOT NULL,
  -- Messages due before then may have been sent before the restore.
  uncertain_until timestamptz,
  confirmed_by text,
  confirmed_at timestamptz
);
ALTER TABLE delivery.instance ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY instance_process ON delivery.instance USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE ON delivery.instance TO throughline_app;

-- Number of claims of each scheduler. The scheduler keeps the same number on its own disk: a
-- smaller number here means an older database.
CREATE TABLE delivery.claim_counter (
  process text PRIMARY KEY,
  claims bigint NOT NULL,
  at timestamptz NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE delivery.claim_counter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY claim_counter_process ON delivery.claim_counter USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.claim_counter TO throughline_app;

-- SMTP relays of a vendor, or of the installation where vendor_id is null, in order of priority.
CREATE TABLE delivery.relay (
  id uuid PRIMARY KEY,
  vendor_id uuid REFERENCES organisations.organisation (id),
  name text NOT NULL CHECK (name <> ''),
  host text NOT NULL CHECK (host = lower(host)),
  port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  tls text NOT NULL CHECK (tls IN ('implicit', 'required', 'opportunistic')),
  username text,
  -- Encrypted: a copy of the database cannot sign in.
  sealed_password bytea,
  -- The lowest number is tried first.
  priority integer NOT NULL CHECK (priority BETWEEN 1 AND 1000),
  -- Maximum per scheduler.
  connections integer NOT NULL CHECK (connections BETWEEN 1 AND 100),
  enabled boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Increased by each change of the settings. Results of earlier settings no longer count.
  revision integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'untried' CHECK (state IN ('untried', 'healthy', 'unhealthy')),
  state_since timestamptz NOT NULL,
  -- The relay's answer, or why it could not be reached. Untrusted text, cut to 500 characters.
  problem text,
  -- Consecutive failures.
  failures integer NOT NULL DEFAULT 0,
  -- Networks (/16, IPv6 /32) that a vendor's host has resolved to at checks since it was named.
  networks text[] NOT NULL DEFAULT '{}',
  -- Machine time: relays do not follow the product's calendar.
  checked_at timestamptz,
  next_check_at timestamptz NOT NULL,
  -- The provider behind the relay, where it can be asked about unknown messages.
  look_up text CHECK (look_up IN ('mailgun', 'postmark', 'sendgrid')),
  look_up_region text CHECK (look_up_region IN ('us', 'eu')),
  -- Mailgun's sending domain or Postmark's message stream.
  look_up_scope text,
  -- Encrypted, like the password.
  sealed_look_up_key bytea,
  -- Why the provider cannot be asked now, in our own words.
  look_up_problem text,
  -- Consecutive failures.
  look_up_failures integer NOT NULL DEFAULT 0,
  -- Machine time.
  look_up_at timestamptz,
  look_up_next_at timestamptz NOT NULL DEFAULT now(),
  -- The same problem as a code, for translations.
  look_up_problem_code text,
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

-- What a vendor wants done with unknown messages that stay without evidence. No row: they are never
-- repeated.
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

-- The group of mail servers of each domain. A limit of these servers applies to all their domains.
-- A cache of DNS.
CREATE TABLE delivery.mail_group (
  domain text PRIMARY KEY,
  -- The domain itself until it was looked up, or where the look-up found nothing.
  mail_group text NOT NULL,
  -- Machine time.
  next_look_at timestamptz NOT NULL
);
CREATE INDEX mail_group_next_look ON delivery.mail_group (next_look_at);
ALTER TABLE delivery.mail_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_group_process ON delivery.mail_group USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.mail_group TO throughline_app;

-- Look-ups of an unknown message that found nothing: when the next one is due, and what an operator
-- sees. No decision depends on it.
CREATE TABLE delivery.look_up (
  message_id uuid NOT NULL REFERENCES delivery.message (id),
  relay_id uuid NOT NULL REFERENCES delivery.relay (id) ON DELETE CASCADE,
  attempts integer NOT NULL CHECK (attempts > 0),
  attempted_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, relay_id)
);
CREATE INDEX look_up_of_relay ON delivery.look_up (relay_id, next_at);
ALTER TABLE delivery.look_up ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up_process ON delivery.look_up USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.look_up TO throughline_app;
