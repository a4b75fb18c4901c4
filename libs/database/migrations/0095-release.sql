-- needs: database.is_system, database.refuse_change, database.vendor_scope

-- A part of a vendor's budget, set aside before its numbers are computed. It counts for 365 days
-- and is never taken back.
CREATE TABLE release.reservation (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  kind text NOT NULL,
  -- What the numbers are of: ids and hashes, never a contact.
  subject text NOT NULL,
  -- Millionths of μ² (Gaussian differential privacy).
  cost integer NOT NULL CHECK (cost > 0),
  -- Its place among the vendor's reservations of this kind.
  number integer NOT NULL,
  at timestamptz NOT NULL,
  ready_at timestamptz NOT NULL,
  UNIQUE (vendor_id, kind, number)
);
CREATE INDEX reservation_of_vendor ON release.reservation (vendor_id, kind, at);
CREATE TRIGGER reservation_is_final BEFORE UPDATE OR DELETE ON release.reservation
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE release.reservation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reservation_read ON release.reservation FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
CREATE POLICY reservation_add ON release.reservation FOR INSERT WITH CHECK (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
GRANT SELECT, INSERT ON release.reservation TO throughline_app;

-- Numbers about contacts for a vendor. The noise is drawn once, in the transaction that adds the
-- row, and the row never changes. Two draws for one table would allow to average the noise.
CREATE TABLE release.release (
  -- Random (UUIDv4): the noise depends on it.
  id uuid PRIMARY KEY,
  reservation_id uuid UNIQUE REFERENCES release.reservation (id),
  vendor_id uuid NOT NULL REFERENCES organisations.organisation (id),
  kind text NOT NULL,
  subject text NOT NULL,
  as_of timestamptz NOT NULL,
  at timestamptz NOT NULL,
  -- The application shows it from then on.
  ready_at timestamptz NOT NULL,
  -- [{"name", "value"}], with noise.
  cells jsonb NOT NULL,
  -- Standard deviation of the noise, in people.
  sd double precision NOT NULL CHECK (sd > 0),
  cost integer NOT NULL CHECK (cost >= 0),
  UNIQUE (vendor_id, kind, subject, as_of)
);
CREATE INDEX release_of_vendor ON release.release (vendor_id, kind, as_of);
CREATE TRIGGER release_is_final BEFORE UPDATE OR DELETE ON release.release
  FOR EACH ROW EXECUTE FUNCTION database.refuse_change();
ALTER TABLE release.release ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY release_read ON release.release FOR SELECT USING (
  (SELECT database.is_system()) OR vendor_id = (SELECT database.vendor_scope()));
-- Only a process draws noise.
CREATE POLICY release_add ON release.release FOR INSERT WITH CHECK ((SELECT database.is_system()));
GRANT SELECT, INSERT ON release.release TO throughline_app;
