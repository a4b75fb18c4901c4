CREATE OR REPLACE FUNCTION leads.hear_click() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM leads.weigh(NEW, interval '65 seconds');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER click_is_weighed AFTER INSERT ON engagement.touch FOR EACH ROW
  WHEN (NEW.kind = 'click' AND NEW.verdict = 'human') EXECUTE FUNCTION leads.hear_click();
