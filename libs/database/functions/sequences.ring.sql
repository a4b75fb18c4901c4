-- Schedulers hear of a turn when its transaction commits, instead of looking for one four times a
-- second; they still look, for whoever listens may be away. Many in one transaction ring once, and
-- a statement that found nobody who listens rings not at all: a NOTIFY makes commits wait for one
-- another.
CREATE OR REPLACE FUNCTION sequences.ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added) THEN NOTIFY throughline_turns; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER turns_are_rung AFTER INSERT ON sequences.turn REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sequences.ring();
