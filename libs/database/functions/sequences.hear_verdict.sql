-- A click judged human no longer waits. A move that a machine's click caused is checked again.
CREATE OR REPLACE FUNCTION sequences.hear_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  IF NEW.verdict = 'machine' THEN
    INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, source_id, at)
    SELECT enrolment_id, partner_id, 'doubt', touch_id, NEW.at FROM sequences.click_move WHERE touch_id = NEW.touch_id AND outcome IS NULL;
    RETURN NULL;
  END IF;
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click';
  IF FOUND THEN PERFORM sequences.touched(click, 'click', interval '0'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER verdict_is_heard AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION sequences.hear_verdict();
