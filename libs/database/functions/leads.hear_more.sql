-- On a later verdict, or when the page behind the click was opened.
CREATE OR REPLACE FUNCTION leads.hear_more() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id;
  IF FOUND THEN PERFORM leads.weigh(click, interval '0'); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER verdict_is_weighed AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION leads.hear_more();

CREATE OR REPLACE TRIGGER opening_is_weighed AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION leads.hear_more();
