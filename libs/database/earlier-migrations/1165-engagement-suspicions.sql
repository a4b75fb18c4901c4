-- Why a click that is a person's so far is looked at for longer before it moves anybody; null: nothing speaks against it.
ALTER TABLE engagement.touch ADD COLUMN suspicion text;

-- A turn may also be that the click which moved somebody turned out to be a program's.
ALTER TABLE sequences.turn
  DROP CONSTRAINT turn_kind_check,
  ADD CONSTRAINT turn_kind_check CHECK (kind IN ('due', 'leave', 'click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'doubt'));
CREATE INDEX turn_of_enrolment ON sequences.turn (enrolment_id);

-- Where clicks have moved people, so that it can be taken back when a click turns out to be a program's, or be accounted for when it cannot.
CREATE TABLE sequences.click_move (
  touch_id uuid NOT NULL,
  enrolment_id uuid NOT NULL REFERENCES sequences.enrolment (id),
  activation_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  -- Where the person was before.
  step_key text NOT NULL,
  round integer NOT NULL,
  due_at timestamptz,
  since timestamptz NOT NULL,
  goals text[] NOT NULL,
  moved_at timestamptz NOT NULL,
  -- Taken back: the person is where they were. Borne: another click of a person leads on just so. Stands: something had been done already.
  outcome text CHECK (outcome IN ('taken-back', 'borne', 'stands')),
  judged_at timestamptz,
  CHECK ((outcome IS NULL) = (judged_at IS NULL)),
  PRIMARY KEY (touch_id, enrolment_id)
);
CREATE INDEX click_move_of_contact ON sequences.click_move (contact_id);
ALTER TABLE sequences.click_move ENABLE ROW LEVEL SECURITY;
ALTER TABLE sequences.click_move FORCE ROW LEVEL SECURITY;
CREATE POLICY click_move_process ON sequences.click_move USING ((SELECT database.is_system()));
CREATE POLICY click_move_partner ON sequences.click_move FOR SELECT USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON sequences.click_move TO throughline_app;
-- A goal that only a program's click had reached is not reached.
GRANT DELETE ON sequences.goal_reached TO throughline_app;

-- What comes back, to those that listen, once the wait is over (machine time).
CREATE FUNCTION sequences.touched(who engagement.touch, kind text, wait interval) RETURNS void LANGUAGE sql AS $$
  INSERT INTO sequences.turn (enrolment_id, partner_id, kind, name, source_id, at, not_before)
  SELECT e.id, e.partner_id, kind, who.link_name, who.id, who.at, clock_timestamp() + wait
  FROM sequences.enrolment e WHERE e.contact_id = who.contact_id AND e.listens AND e.state IN ('waiting', 'running')
    AND (kind = 'leave' OR e.activation_id = who.activation_id) $$;

-- A click waits a moment, for the first link that a scanner follows looks like anybody's; longer than the decoy reaches
-- (libs/engagement/src/click-verdict.ts) where something about it is suspicious.
CREATE FUNCTION sequences.click_wait(click engagement.touch) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN click.suspicion IS NULL THEN interval '1.25 seconds' ELSE interval '65 seconds' END $$;

CREATE OR REPLACE FUNCTION sequences.hear_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'click' THEN
    -- While links are followed one after the other, none of them moves anybody. Whoever takes a turn just now has it.
    IF NEW.suspicion IS NOT NULL THEN
      UPDATE sequences.turn SET not_before = clock_timestamp() + sequences.click_wait(NEW) WHERE id IN (
        SELECT t.id FROM sequences.turn t JOIN sequences.enrolment e ON e.id = t.enrolment_id
        WHERE e.contact_id = NEW.contact_id AND e.activation_id = NEW.activation_id AND t.kind = 'click' FOR UPDATE OF t SKIP LOCKED);
    END IF;
    PERFORM sequences.touched(NEW, 'click', sequences.click_wait(NEW));
  ELSE
    PERFORM sequences.touched(NEW, CASE NEW.kind WHEN 'unsubscribe' THEN 'leave' ELSE NEW.kind END, interval '0');
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION sequences.hear_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click' AND verdict = 'human';
  IF FOUND THEN PERFORM sequences.touched(click, 'click', sequences.click_wait(click)); END IF;
  RETURN NULL;
END $$;

-- Who gave a reason to be taken for a person waits no longer; what a program had moved is looked at again.
CREATE OR REPLACE FUNCTION sequences.hear_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  IF NEW.verdict = 'machine' THEN
    INSERT INTO sequences.turn (enrolment_id, partner_id, kind, source_id, at)
    SELECT enrolment_id, partner_id, 'doubt', touch_id, NEW.at FROM sequences.click_move WHERE touch_id = NEW.touch_id AND outcome IS NULL;
    RETURN NULL;
  END IF;
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click';
  IF FOUND THEN PERFORM sequences.touched(click, 'click', interval '0'); END IF;
  RETURN NULL;
END $$;
DROP TRIGGER verdict_is_heard ON engagement.touch_verdict;
CREATE TRIGGER verdict_is_heard AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION sequences.hear_verdict();
DROP FUNCTION sequences.touched(engagement.touch, text);
