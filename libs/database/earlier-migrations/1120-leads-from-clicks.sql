-- Whether the campaign makes leads of clicks: clicks of others need not be weighed.
ALTER TABLE activations.activation ADD COLUMN leads_from_clicks boolean NOT NULL DEFAULT false;

ALTER TABLE leads.lead
  DROP CONSTRAINT lead_source_check,
  ADD CONSTRAINT lead_source_check CHECK (source IN ('form', 'sequence', 'clicks')),
  DROP CONSTRAINT lead_status_check,
  ADD CONSTRAINT lead_status_check CHECK (status IN ('new', 'accepted', 'working', 'won', 'lost', 'withdrawn')),
  -- The rule that its clicks fulfilled: what is judged anew is judged by it, whatever the rule has become since.
  ADD COLUMN qualified_by jsonb,
  -- Since when its clicks are a machine's, though it stays because somebody had taken it up.
  ADD COLUMN doubted_at timestamptz,
  ADD CONSTRAINT lead_qualified CHECK (source <> 'clicks' OR qualified_by IS NOT NULL);

-- What a partner has made stricter of the vendor's rule; the newest counts. Append-only.
CREATE TABLE leads.tightening (
  id uuid PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  rule jsonb NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX tightening_newest ON leads.tightening (activation_id, id DESC);
CREATE TRIGGER tightening_is_final BEFORE UPDATE OR DELETE ON leads.tightening FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE leads.tightening ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads.tightening FORCE ROW LEVEL SECURITY;
CREATE POLICY tightening_partner ON leads.tightening USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.tightening TO throughline_app;
GRANT UPDATE ON leads.reminder TO throughline_app;

-- Contacts whose clicks are to be weighed; ids only. A row for each click, so that nobody who writes clicks waits for another.
CREATE TABLE leads.weighing (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  activation_id uuid NOT NULL REFERENCES activations.activation (id),
  contact_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  -- Machine time: until then it shows whether the click was part of something that no person does.
  not_before timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
CREATE INDEX weighing_in_order ON leads.weighing (not_before);
CREATE INDEX weighing_of_contact ON leads.weighing (contact_id, activation_id);
ALTER TABLE leads.weighing ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads.weighing FORCE ROW LEVEL SECURITY;
CREATE POLICY weighing_process ON leads.weighing USING ((SELECT database.is_system()));
GRANT SELECT, INSERT, UPDATE, DELETE ON leads.weighing TO throughline_app;

-- Whether a link leads to a page or document of ours, where we hear whether it was opened.
ALTER TABLE engagement.link_target ADD COLUMN is_ours boolean NOT NULL DEFAULT false;
ALTER TABLE engagement.link_target NO FORCE ROW LEVEL SECURITY;
ALTER TABLE activations.activation NO FORCE ROW LEVEL SECURITY;
UPDATE engagement.link_target l SET is_ours = true FROM activations.activation a WHERE a.id = l.activation_id AND strpos(l.url, '/p/' || a.slug) > 0;
ALTER TABLE activations.activation FORCE ROW LEVEL SECURITY;
ALTER TABLE engagement.link_target FORCE ROW LEVEL SECURITY;

-- Clicks of people, as far as can be known by now: who came to a page of ours and never opened it is a program that reads redirects. Who was
-- taken for a program first and for a person later gave a reason for it.
CREATE VIEW engagement.certain_click WITH (security_invoker = true) AS
  SELECT t.id, t.partner_id, t.activation_id, t.message_id, t.contact_id, t.link_name, t.at
  FROM engagement.touch t
  LEFT JOIN engagement.link_target l ON l.activation_id = t.activation_id AND l.name = t.link_name
  LEFT JOIN LATERAL (SELECT verdict FROM engagement.touch_verdict WHERE touch_id = t.id ORDER BY id DESC LIMIT 1) v ON true
  WHERE t.kind = 'click' AND (v.verdict = 'human' OR (v.verdict IS NULL AND t.verdict = 'human'
    AND (NOT coalesce(l.is_ours, false) OR EXISTS (SELECT 1 FROM engagement.click_opened o WHERE o.touch_id = t.id))));
GRANT SELECT ON engagement.certain_click TO throughline_app;

-- A new click waits longer than the decoy reaches (libs/engagement/src/click-verdict.ts); what is known later is weighed at once.
CREATE FUNCTION leads.weigh(click engagement.touch, wait interval) RETURNS void LANGUAGE sql AS $$
  INSERT INTO leads.weighing (activation_id, contact_id, partner_id, not_before)
  SELECT a.id, click.contact_id, a.partner_id, clock_timestamp() + wait
  FROM activations.activation a WHERE a.id = click.activation_id AND a.leads_from_clicks AND click.contact_id IS NOT NULL AND click.kind = 'click' $$;

CREATE FUNCTION leads.hear_click() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM leads.weigh(NEW, interval '65 seconds');
  RETURN NULL;
END $$;
CREATE TRIGGER click_is_weighed AFTER INSERT ON engagement.touch FOR EACH ROW
  WHEN (NEW.kind = 'click' AND NEW.verdict = 'human') EXECUTE FUNCTION leads.hear_click();

-- A later verdict, or the page behind the click that was opened.
CREATE FUNCTION leads.hear_more() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id;
  IF FOUND THEN PERFORM leads.weigh(click, interval '0'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER verdict_is_weighed AFTER INSERT ON engagement.touch_verdict FOR EACH ROW EXECUTE FUNCTION leads.hear_more();
CREATE TRIGGER opening_is_weighed AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION leads.hear_more();

-- A lead that is taken back is a verdict on its touch: what is counted follows from the ledger, as for clicks.
CREATE OR REPLACE FUNCTION insight.touch_metric(kind text, verdict text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE kind
    WHEN 'click' THEN CASE verdict WHEN 'human' THEN 'clicks' ELSE 'machine-clicks' END
    WHEN 'unsubscribe' THEN 'unsubscribed'
    WHEN 'reply' THEN 'replies'
    WHEN 'lead' THEN CASE verdict WHEN 'machine' THEN 'withdrawn-leads' ELSE 'leads' END
    WHEN 'won' THEN 'won'
  END $$;

CREATE OR REPLACE FUNCTION insight.recount_click() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touch engagement.touch;
  before text;
BEGIN
  SELECT * INTO STRICT touch FROM engagement.touch WHERE id = NEW.touch_id;
  SELECT coalesce((SELECT verdict FROM engagement.touch_verdict WHERE touch_id = NEW.touch_id AND id <> NEW.id ORDER BY id DESC LIMIT 1), touch.verdict, 'human') INTO before;
  IF before = NEW.verdict THEN RETURN NULL; END IF;
  INSERT INTO insight.delta (activation_id, partner_id, vendor_id, step_key, on_day, metric, n)
  SELECT touch.activation_id, touch.partner_id, touch.vendor_id, coalesce((SELECT step_key FROM delivery.message WHERE id = touch.message_id), ''),
    (touch.at AT TIME ZONE 'UTC')::date, insight.touch_metric(touch.kind, side.verdict), side.n
  FROM (VALUES (before, -1), (NEW.verdict, 1)) side (verdict, n);
  RETURN NULL;
END $$;

-- Who listens to a click hears it once more when its page was opened: before that it was not certain.
CREATE FUNCTION sequences.hear_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click' AND verdict = 'human';
  IF FOUND THEN PERFORM sequences.touched(click, 'click'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opening_is_heard AFTER INSERT ON engagement.click_opened FOR EACH ROW EXECUTE FUNCTION sequences.hear_opened();

-- Only clicks move contacts on.
CREATE OR REPLACE FUNCTION sequences.hear_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE click engagement.touch;
BEGIN
  SELECT * INTO click FROM engagement.touch WHERE id = NEW.touch_id AND contact_id IS NOT NULL AND kind = 'click';
  IF FOUND THEN PERFORM sequences.touched(click, 'click'); END IF;
  RETURN NULL;
END $$;
