-- Which table of a screen is sent. Until now results alone were.
ALTER TABLE saved_views.mail ADD COLUMN content text NOT NULL DEFAULT 'results'
  CHECK (content IN ('results', 'returns', 'deals', 'costs', 'partners'));
ALTER TABLE saved_views.mail ALTER COLUMN content DROP DEFAULT;
