-- Where a contact is, by the key of its step; `position` is what enrolments had that began before, and nothing writes it any more.
ALTER TABLE sequences.enrolment
  ADD COLUMN step_key text,
  ADD COLUMN round integer NOT NULL DEFAULT 1,
  -- What came back counts for an `until` from here on.
  ADD COLUMN since timestamptz,
  -- For holidays.
  ADD COLUMN country text,
  -- Whether anything that comes back can move it. Never changed, so the index below costs its steps nothing.
  ADD COLUMN listens boolean NOT NULL DEFAULT false,
  ALTER COLUMN position SET DEFAULT 0,
  DROP CONSTRAINT enrolment_time_zone_source_check,
  ADD CONSTRAINT enrolment_time_zone_source_check CHECK (time_zone_source IN ('contact', 'country', 'activation', 'vendor'));
CREATE INDEX enrolment_listening ON sequences.enrolment (contact_id) WHERE listens;

-- What is to be looked at for one contact: something came back, or a step fell due that is no e-mail. Written in the transaction in which it
-- happened, taken out in the one in which the contact moves: it moves exactly once.
CREATE TABLE sequences.turn (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  partner_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('due', 'leave', 'click', 'form', 'reply', 'event', 'lead', 'list', 'field')),
  name text,
  -- The touch, where its verdict may still change.
  source_id uuid,
  at timestamptz NOT NULL,
  -- Machine time: a click waits for the others of its burst, a turn that failed for its next try.
  not_before timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX turn_in_order ON sequences.turn (not_before);

-- What was told of a contact: events by API, states of its lead. Append-only.
CREATE TABLE sequences.event (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- Of a lead; null counts in every activation.
  activation_id uuid,
  kind text NOT NULL CHECK (kind IN ('event', 'lead')),
  name text NOT NULL,
  -- The teller's own id: told twice is told once.
  told_as text,
  at timestamptz NOT NULL,
  UNIQUE (partner_id, told_as)
);
CREATE INDEX event_of_contact ON sequences.event (contact_id, id);
CREATE TRIGGER event_is_final BEFORE UPDATE ON sequences.event FOR EACH ROW EXECUTE FUNCTION database.refuse_change();

CREATE TABLE sequences.goal_reached (
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  goal text NOT NULL,
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  reached_at timestamptz NOT NULL,
  PRIMARY KEY (enrolment_id, goal)
);
CREATE INDEX goal_of_activation ON sequences.goal_reached (activation_id);

-- Posts that wait for the partner: once in an activation, whoever comes to the step first.
CREATE TABLE sequences.ready_post (
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  post_key text NOT NULL,
  partner_id uuid NOT NULL,
  ready_at timestamptz NOT NULL,
  PRIMARY KEY (activation_id, post_key)
);

-- E-mails that a partner's campaign has had planned in a day (UTC), where the campaign limits them.
CREATE TABLE sequences.daily_count (
  partner_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  on_day date NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (partner_id, campaign_id, on_day)
) WITH (fillfactor = 80);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['turn', 'event', 'goal_reached', 'ready_post', 'daily_count'] LOOP
    EXECUTE format('ALTER TABLE sequences.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE sequences.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON sequences.%I USING ((SELECT database.is_system()))', name || '_process', name);
    EXECUTE format('CREATE POLICY %I ON sequences.%I FOR SELECT USING (partner_id = (SELECT database.partner_scope()))', name || '_partner', name);
  END LOOP;
END $$;
-- Changes that a partner makes by itself are turns, too.
CREATE POLICY turn_told ON sequences.turn FOR INSERT WITH CHECK (partner_id = (SELECT database.partner_scope()));
CREATE POLICY event_told ON sequences.event FOR INSERT WITH CHECK (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE, DELETE ON sequences.turn TO throughline_app;
GRANT SELECT, INSERT ON sequences.event, sequences.goal_reached, sequences.ready_post TO throughline_app;
GRANT SELECT, INSERT, UPDATE ON sequences.daily_count TO throughline_app;

-- What comes back, to those that listen. A click waits a moment: the first link that a scanner follows looks like anybody's.
CREATE FUNCTION sequences.touched(who engagement.touch, kind text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, name, source_id, at, not_before)
  SELECT e.id, e.partner_id, kind, who.link_name, who.id, who.at, clock_timestamp() + CASE kind WHEN 'click' THEN interval '1.25 seconds' ELSE interval '0' END
  FROM sequences.enrolment e WHERE e.contact_id = who.contact_id AND e.listens AND e.state IN ('waiting', 'running')
    AND (kind = 'leave' OR e.activation_id = who.activation_id) $$;

CREATE FUNCTION sequences.hear_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM sequences.touched(NEW, CASE NEW.kind WHEN 'unsubscribe' THEN 'leave' ELSE NEW.kind END);
  RETURN NULL;
END $$;
CREATE TRIGGER touch_is_heard AFTER INSERT ON engagement.touch FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL AND (NEW.kind IN ('form', 'reply', 'unsubscribe') OR (NEW.kind = 'click' AND NEW.verdict = 'human')))
  EXECUTE FUNCTION sequences.hear_touch();

CREATE FUNCTION sequences.hear_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL;
  IF FOUND THEN PERFORM sequences.touched(click, 'click'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER verdict_is_heard AFTER INSERT ON engagement.touch_verdict FOR EACH ROW WHEN (NEW.verdict = 'human') EXECUTE FUNCTION sequences.hear_verdict();

CREATE FUNCTION sequences.hear_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'leave', NEW.kind, NEW.at FROM delivery.message m JOIN sequences.enrolment e ON e.contact_id = m.contact_id
  WHERE m.id = NEW.message_id AND e.listens AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;
CREATE TRIGGER return_is_heard AFTER INSERT ON delivery.message_event FOR EACH ROW
  WHEN (NEW.message_id IS NOT NULL AND NEW.kind IN ('hard', 'complaint')) EXECUTE FUNCTION sequences.hear_return();

-- The state stays as a fact; whoever waits for it is told.
CREATE FUNCTION sequences.hear_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.event (id, partner_id, contact_id, activation_id, kind, name, at)
  SELECT NEW.id, NEW.partner_id, l.contact_id, l.activation_id, 'lead', NEW.status, NEW.at FROM leads.lead l
  WHERE l.id = NEW.lead_id AND EXISTS (SELECT 1 FROM sequences.enrolment e WHERE e.contact_id = l.contact_id AND e.activation_id = l.activation_id AND e.listens);
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'lead', NEW.status, NEW.at FROM leads.lead l JOIN sequences.enrolment e ON e.contact_id = l.contact_id AND e.activation_id = l.activation_id
  WHERE l.id = NEW.lead_id AND e.listens AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;
CREATE TRIGGER lead_is_heard AFTER INSERT ON leads.lead_event FOR EACH ROW EXECUTE FUNCTION sequences.hear_lead();

-- By the statement: an import adds and changes tens of thousands.
CREATE FUNCTION sequences.hear_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, name, at)
  SELECT e.id, e.partner_id, 'list', l.name, a.added_at FROM added a JOIN contacts.contact_list l ON l.id = a.list_id
  JOIN sequences.enrolment e ON e.contact_id = a.contact_id WHERE e.listens AND e.state IN ('waiting', 'running');
  RETURN NULL;
END $$;
CREATE TRIGGER members_are_heard AFTER INSERT ON contacts.contact_list_member REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.hear_members();

CREATE FUNCTION sequences.hear_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, at)
  SELECT e.id, e.partner_id, 'field', n.updated_at FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN sequences.enrolment e ON e.contact_id = n.id
  WHERE e.listens AND e.state IN ('waiting', 'running')
    AND (o.industry, o.persona, o.stage, o.country, o.language, o.company) IS DISTINCT FROM (n.industry, n.persona, n.stage, n.country, n.language, n.company);
  RETURN NULL;
END $$;
CREATE TRIGGER contacts_are_heard AFTER UPDATE ON contacts.contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sequences.hear_contacts();

-- What a partner chose at launch, as far as the campaign leaves it open, and whose zone counts where nothing nearer is known.
ALTER TABLE activations.activation
  ADD COLUMN choices jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN time_zone_source text NOT NULL DEFAULT 'activation' CHECK (time_zone_source IN ('activation', 'vendor'));

ALTER TABLE leads.lead DROP CONSTRAINT lead_source_check;
ALTER TABLE leads.lead ADD CONSTRAINT lead_source_check CHECK (source IN ('form', 'sequence'));
