-- needs: database.partner_scope, database.refuse_change

-- Attribution as it was at one position of the ledgers. Never changed: later events, refunds and
-- verdicts count in later reports.
CREATE TABLE insight.attribution_report (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES organisations.organisation (id),
  from_on date NOT NULL,
  to_on date NOT NULL,
  -- Kinds and parameters of the models, the values of channels, sums and credits.
  content jsonb NOT NULL,
  -- The last events that were counted.
  position jsonb NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (from_on <= to_on)
);
CREATE INDEX attribution_report_newest ON insight.attribution_report (partner_id, id DESC);
CREATE TRIGGER attribution_report_is_final BEFORE UPDATE OR DELETE ON insight.attribution_report
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE insight.attribution_report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY attribution_report_partner ON insight.attribution_report
  USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT ON insight.attribution_report TO throughline_app;
