-- needs: database.is_system, database.manager_scope, database.refuse_change, database.vendor_scope

-- In which band of days the median of partners lies, from a launch to the first lead or win. Released with the
-- results of four weeks. Each partner is in one median of a campaign at most.
CREATE TABLE insight.first_result_band (
  vendor_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('lead', 'won')),
  -- The Monday on which the four weeks begin.
  starts_on date NOT NULL,
  partners integer NOT NULL CHECK (partners >= 10),
  from_days integer NOT NULL,
  -- The first day of the next band; null: there is none.
  to_days integer,
  PRIMARY KEY (campaign_id, kind, starts_on)
);
CREATE INDEX first_result_band_of_vendor ON insight.first_result_band (vendor_id);
CREATE TRIGGER first_result_band_is_final BEFORE UPDATE OR DELETE ON insight.first_result_band
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE insight.first_result_band ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY first_result_band_process ON insight.first_result_band USING ((SELECT database.is_system()));
CREATE POLICY first_result_band_vendor ON insight.first_result_band FOR SELECT
  USING (vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY first_result_band_not_of_manager ON insight.first_result_band AS RESTRICTIVE
  USING ((SELECT database.manager_scope()) IS NULL);
GRANT SELECT, INSERT ON insight.first_result_band TO throughline_app;

-- Who is in a median. No vendor reads it.
CREATE TABLE insight.first_result_partner (
  campaign_id uuid NOT NULL,
  kind text NOT NULL,
  partner_id uuid NOT NULL,
  starts_on date NOT NULL,
  PRIMARY KEY (campaign_id, kind, partner_id)
);
ALTER TABLE insight.first_result_partner ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY first_result_partner_process ON insight.first_result_partner USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.first_result_partner TO throughline_app;
