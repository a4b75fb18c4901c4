-- needs: database.is_system

-- Sums over the partners of a distributor in four weeks. They are computed once and never again: of two sums
-- of the same weeks with and without one partner, the difference would be that partner's number.
CREATE TABLE insight.distributor_total (
  distributor_id uuid NOT NULL REFERENCES organisations.membership (id) ON DELETE CASCADE,
  -- The Monday on which the four weeks begin.
  starts_on date NOT NULL,
  partners integer NOT NULL CHECK (partners >= 5),
  launches integer NOT NULL,
  sent integer NOT NULL,
  clicks integer NOT NULL,
  leads integer NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, starts_on)
);
ALTER TABLE insight.distributor_total ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY distributor_total_process ON insight.distributor_total USING ((SELECT database.is_system()));
GRANT SELECT, INSERT ON insight.distributor_total TO throughline_app;
