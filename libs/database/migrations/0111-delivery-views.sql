-- What other libs may read of this schema. With security_invoker the row-level security of the
-- tables holds for the reader. PostgreSQL inlines these views, so plans are those of the tables.

CREATE VIEW delivery.message_view WITH (security_invoker = true) AS
  SELECT id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason,
    attempt, planned_at, retry_at, lease_until, settled_at, unknown_since, smtp_code, smtp_text, relay, mail_group,
    variant, consent_record_id, consent_basis, consent_rules
  FROM delivery.message;
GRANT SELECT ON delivery.message_view TO throughline_app;

CREATE VIEW delivery.message_event_view WITH (security_invoker = true) AS
  SELECT message_id, partner_id, kind, why, status, reporter, excerpt, at
  FROM delivery.message_event;
GRANT SELECT ON delivery.message_event_view TO throughline_app;

CREATE VIEW delivery.relay_view WITH (security_invoker = true) AS
  SELECT id, vendor_id, name
  FROM delivery.relay;
GRANT SELECT ON delivery.relay_view TO throughline_app;

CREATE VIEW delivery.destination_view WITH (security_invoker = true) AS
  SELECT mail_group, paused_until, rate, smtp_text
  FROM delivery.destination;
GRANT SELECT ON delivery.destination_view TO throughline_app;

CREATE VIEW delivery.look_up_view WITH (security_invoker = true) AS
  SELECT message_id, attempts
  FROM delivery.look_up;
GRANT SELECT ON delivery.look_up_view TO throughline_app;
