-- Per statement. A transaction that gets the lock of the list's row at once also folds earlier
-- deltas. Otherwise it leaves a delta instead of waiting.
CREATE OR REPLACE FUNCTION contacts.count_members() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE list record;
BEGIN
  FOR list IN SELECT list_id AS id, count(*)::int * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS n FROM moved GROUP BY 1 LOOP
    PERFORM FROM contacts.contact_list l WHERE l.id = list.id FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      WITH folded AS (DELETE FROM contacts.contact_list_delta d WHERE d.list_id = list.id RETURNING d.n)
      UPDATE contacts.contact_list l SET size = l.size + list.n + (SELECT coalesce(sum(f.n), 0) FROM folded f) WHERE l.id = list.id;
    ELSE
      -- No row when the list itself is being deleted.
      INSERT INTO contacts.contact_list_delta (list_id, partner_id, n) SELECT l.id, l.partner_id, list.n FROM contacts.contact_list l WHERE l.id = list.id;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_members AFTER INSERT ON contacts.contact_list_member REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.count_members();

CREATE OR REPLACE TRIGGER count_removed_members AFTER DELETE ON contacts.contact_list_member REFERENCING OLD TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION contacts.count_members();
