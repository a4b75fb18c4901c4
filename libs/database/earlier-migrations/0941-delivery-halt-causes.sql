-- A halt may also be the product's own: a domain that is no longer authentic, too many bounces or complaints. Each cause stands and is
-- lifted for itself: mending a DNS record lifts nothing that an operator or the circuit breaker said.
ALTER TABLE delivery.halt
  ADD COLUMN cause text NOT NULL DEFAULT 'operator' CHECK (cause IN ('operator', 'identity', 'bounces', 'complaints')),
  -- What was counted, for people.
  ADD COLUMN facts jsonb NOT NULL DEFAULT '{}',
  -- When the partner was told; an operator tells by word of mouth.
  ADD COLUMN told_at timestamptz;
DROP INDEX delivery.halt_in_force;
CREATE UNIQUE INDEX halt_in_force ON delivery.halt (scope, subject_id, cause) NULLS NOT DISTINCT WHERE lifted_at IS NULL;
CREATE INDEX halt_untold ON delivery.halt (halted_at) WHERE told_at IS NULL AND lifted_at IS NULL;

-- A partner sees what the product stopped of its own mail, and why; an operator's words are for operators.
CREATE POLICY halt_of_partner ON delivery.halt FOR SELECT
  USING (scope = 'partner' AND cause <> 'operator' AND subject_id = (SELECT database.partner_scope()));
