-- needs: database.vendor_scope, database.partner_scope, database.is_system

CREATE SCHEMA saved_views;
GRANT USAGE ON SCHEMA saved_views TO throughline_app;

-- A screen with its filters, sort and period, under a name.
CREATE TABLE saved_views.view (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations.organisation (id),
  -- Null: has left; only shared views stay (functions/saved_views.delete_private_views.sql).
  owner_id uuid REFERENCES identity.user_account (id) ON DELETE SET NULL,
  owner_name text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  -- A path of the portal, and the query of its address.
  screen text NOT NULL CHECK (screen LIKE '/%'),
  query text NOT NULL CHECK (length(query) <= 1000),
  is_shared boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (id, organisation_id)
);
CREATE INDEX view_of_organisation ON saved_views.view (organisation_id, owner_id);
CREATE INDEX view_of_owner ON saved_views.view (owner_id);
ALTER TABLE saved_views.view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY view_process ON saved_views.view USING ((SELECT database.is_system()));
CREATE POLICY view_of_organisation ON saved_views.view
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views.view TO throughline_app;

-- Who gets a view by e-mail, and when. It ends with the person's membership of the team.
CREATE TABLE saved_views.mail (
  view_id uuid NOT NULL,
  user_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  rhythm text NOT NULL CHECK (rhythm IN ('weekly', 'monthly')),
  -- From Monday, 1, or of the month: 28 is in every month.
  day smallint NOT NULL CHECK (day BETWEEN 1 AND CASE rhythm WHEN 'weekly' THEN 7 ELSE 28 END),
  hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
  format text NOT NULL CHECK (format IN ('csv', 'pdf')),
  -- In the person's time zone, as it was at the last e-mail.
  next_at timestamptz NOT NULL,
  PRIMARY KEY (view_id, user_id),
  FOREIGN KEY (view_id, organisation_id) REFERENCES saved_views.view (id, organisation_id) ON DELETE CASCADE,
  FOREIGN KEY (user_id, organisation_id) REFERENCES identity.assignment ON DELETE CASCADE
);
CREATE INDEX mail_due ON saved_views.mail (next_at);
CREATE INDEX mail_of_person ON saved_views.mail (user_id, organisation_id);
CREATE INDEX mail_of_organisation ON saved_views.mail (organisation_id);
ALTER TABLE saved_views.mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_process ON saved_views.mail USING ((SELECT database.is_system()));
CREATE POLICY mail_of_organisation ON saved_views.mail
  USING (organisation_id IN ((SELECT database.vendor_scope()), (SELECT database.partner_scope())));
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views.mail TO throughline_app;
