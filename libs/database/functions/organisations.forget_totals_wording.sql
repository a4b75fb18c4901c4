-- A choice not to show totals has the first wording. A process of an older version that shows totals again names no wording:
-- what it stores is of the first.
CREATE OR REPLACE FUNCTION organisations.forget_totals_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.wording := 1;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER shared_totals_wording BEFORE INSERT OR UPDATE ON organisations.shared_totals
  FOR EACH ROW WHEN (NOT NEW.is_shared) EXECUTE FUNCTION organisations.forget_totals_wording();
