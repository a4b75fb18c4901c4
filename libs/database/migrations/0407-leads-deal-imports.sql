-- needs: database.partner_scope

-- An import of deals that changed something, so that it can be undone.
CREATE TABLE leads.deal_import (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  source text NOT NULL CHECK (source IN ('file', 'program')),
  added integer NOT NULL,
  changed integer NOT NULL,
  refused integer NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  undone_by text,
  undone_at timestamptz,
  CONSTRAINT deal_import_undone CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX deal_import_newest ON leads.deal_import (partner_id, id DESC);
ALTER TABLE leads.deal_import ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_import_partner ON leads.deal_import USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, UPDATE ON leads.deal_import TO throughline_app;

-- What an import did with a deal: from which version to which. A deal of another version was changed since.
CREATE TABLE leads.deal_import_row (
  import_id uuid NOT NULL REFERENCES leads.deal_import (id),
  deal_id uuid NOT NULL REFERENCES leads.deal (id),
  partner_id uuid NOT NULL,
  -- 0: the import added the deal.
  from_version integer NOT NULL,
  to_version integer NOT NULL,
  PRIMARY KEY (import_id, deal_id)
);
ALTER TABLE leads.deal_import_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY deal_import_row_partner ON leads.deal_import_row USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON leads.deal_import_row TO throughline_app;
