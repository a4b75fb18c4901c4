-- Each change of a deal has a number, so that a change that was begun on an older state is noticed.
ALTER TABLE leads.deal ADD COLUMN version integer NOT NULL DEFAULT 1;

-- The whole deal after each change: what differs between two of them tells who changed which field. Null: a change
-- before there were numbers.
ALTER TABLE leads.deal_event
  ADD COLUMN version integer,
  ADD COLUMN external_id text,
  ADD COLUMN products text[];

-- The last change of a deal left it as it is now. Of earlier ones, products and external ids are not known.
ALTER TABLE leads.deal NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_event DISABLE TRIGGER deal_event_is_final;
UPDATE leads.deal_event e SET version = 1, external_id = d.external_id, products = d.products
FROM leads.deal d WHERE d.id = e.deal_id
  AND e.id = (SELECT l.id FROM leads.deal_event l WHERE l.deal_id = d.id ORDER BY l.id DESC LIMIT 1);
ALTER TABLE leads.deal_event ENABLE TRIGGER deal_event_is_final;
ALTER TABLE leads.deal FORCE ROW LEVEL SECURITY;
ALTER TABLE leads.deal_event FORCE ROW LEVEL SECURITY;
