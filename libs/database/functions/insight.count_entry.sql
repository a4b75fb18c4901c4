-- Who entered by a page or a document counts by what led there, such as `entries/qr`.
CREATE OR REPLACE FUNCTION insight.count_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
  SELECT a.id, a.partner_id, a.vendor_id, '', '', (NEW.enrolled_at AT TIME ZONE 'UTC')::date, 'entries/' || NEW.source, 1
  FROM activations.activation a WHERE a.id = NEW.activation_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_entry AFTER INSERT ON sequences.enrolment FOR EACH ROW
  WHEN (NEW.source IS NOT NULL) EXECUTE FUNCTION insight.count_entry();
