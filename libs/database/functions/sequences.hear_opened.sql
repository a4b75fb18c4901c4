-- A click goes to the inbox once more when its page was opened: it was not certain before.
CREATE OR REPLACE FUNCTION sequences.hear_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click' AND verdict = 'human';
  IF FOUND THEN PERFORM sequences.touched(click, 'click', sequences.click_wait(click)); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER opening_is_heard AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION sequences.hear_opened();
