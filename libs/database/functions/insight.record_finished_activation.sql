-- The mail about it follows a day later: libs/insight/src/mails/result-mails.service.ts.
CREATE OR REPLACE FUNCTION insight.record_finished_activation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight.finished_activation (activation_id, partner_id, finished_at)
  VALUES (NEW.id, NEW.partner_id, NEW.ended_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER record_finished_activation AFTER UPDATE OF status ON activations.activation FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed') EXECUTE FUNCTION insight.record_finished_activation();
