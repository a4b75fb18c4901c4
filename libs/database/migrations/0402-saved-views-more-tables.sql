-- Tactics, attribution, totals that partners show, first results, and sums of deals are sent, too.
ALTER TABLE saved_views.mail DROP CONSTRAINT mail_content_check;
ALTER TABLE saved_views.mail ADD CONSTRAINT mail_content_check CHECK (content IN (
  'results', 'returns', 'tactics', 'totals', 'attribution', 'first-results', 'deal-sums', 'deals', 'costs', 'partners'));
