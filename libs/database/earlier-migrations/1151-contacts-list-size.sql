-- How many are on a list, kept where it changes: counting the members of all lists read half a million entries for a choice of lists.
ALTER TABLE contacts.contact_list ADD COLUMN size integer NOT NULL DEFAULT 0;

-- What was added or taken while somebody else was changing the same list's size: no two imports wait for one number, and the sum of both
-- is exact at every moment.
CREATE TABLE contacts.contact_list_delta (
  list_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  n integer NOT NULL,
  FOREIGN KEY (list_id, partner_id) REFERENCES contacts.contact_list (id, partner_id) ON DELETE CASCADE
);
CREATE INDEX contact_list_delta_of_list ON contacts.contact_list_delta (list_id);
ALTER TABLE contacts.contact_list_delta ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.contact_list_delta FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_list_delta_of_partner ON contacts.contact_list_delta USING (partner_id = (SELECT database.partner_scope()));
GRANT SELECT, INSERT, DELETE ON contacts.contact_list_delta TO throughline_app;

-- By the statement. Whoever gets the list's row at once folds what others left; who would have to wait leaves a delta instead.
CREATE FUNCTION contacts.count_members() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE list record;
BEGIN
  FOR list IN SELECT list_id AS id, count(*)::int * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS n FROM moved GROUP BY 1 LOOP
    PERFORM FROM contacts.contact_list l WHERE l.id = list.id FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      WITH folded AS (DELETE FROM contacts.contact_list_delta d WHERE d.list_id = list.id RETURNING d.n)
      UPDATE contacts.contact_list l SET size = l.size + list.n + (SELECT coalesce(sum(f.n), 0) FROM folded f) WHERE l.id = list.id;
    ELSE
      -- Nothing where the list itself goes.
      INSERT INTO contacts.contact_list_delta (list_id, partner_id, n) SELECT l.id, l.partner_id, list.n FROM contacts.contact_list l WHERE l.id = list.id;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER members_are_counted AFTER INSERT ON contacts.contact_list_member REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.count_members();
CREATE TRIGGER members_are_counted_off AFTER DELETE ON contacts.contact_list_member REFERENCING OLD TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.count_members();

-- An owner without the right to bypass policies would see no row.
ALTER TABLE contacts.contact_list NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts.contact_list_member NO FORCE ROW LEVEL SECURITY;
UPDATE contacts.contact_list l SET size = counted.n FROM (SELECT list_id, count(*)::int AS n FROM contacts.contact_list_member GROUP BY 1) counted WHERE counted.list_id = l.id;
ALTER TABLE contacts.contact_list_member FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts.contact_list FORCE ROW LEVEL SECURITY;
