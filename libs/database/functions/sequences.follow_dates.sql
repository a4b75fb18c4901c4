-- A rule by a date holds from the day on which its activation starts, in the partner's time zone.
CREATE OR REPLACE FUNCTION sequences.follow_dates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sequences.date_rule (activation_id, entry_key, partner_id, from_on, next_at)
  SELECT a.id, NEW.entry_key, a.partner_id, (a.start_at AT TIME ZONE a.time_zone)::date, a.start_at
  FROM activations.activation a WHERE a.id = NEW.activation_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER follow_dates AFTER INSERT ON sequences.entry_rule FOR EACH ROW
  WHEN (NEW.kind = 'date') EXECUTE FUNCTION sequences.follow_dates();
