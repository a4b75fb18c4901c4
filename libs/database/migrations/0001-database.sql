-- One schema per lib. Row-level security reads the scopes that each transaction sets with
-- set_config(…, is_local => true); without a scope no row is visible.
CREATE SCHEMA database;
CREATE SCHEMA jobs;
CREATE SCHEMA audit;
CREATE SCHEMA seal;
CREATE SCHEMA organisations;
CREATE SCHEMA webhooks;
CREATE SCHEMA identity;
CREATE SCHEMA brand;
CREATE SCHEMA content;
CREATE SCHEMA contacts;
CREATE SCHEMA release;
CREATE SCHEMA campaigns;
CREATE SCHEMA delivery;
CREATE SCHEMA engagement;
CREATE SCHEMA activations;
CREATE SCHEMA sequences;
CREATE SCHEMA leads;
CREATE SCHEMA insight;
CREATE SCHEMA privacy;

GRANT USAGE ON SCHEMA
  database, jobs, audit, seal, organisations, webhooks, identity, brand, content, contacts, release,
  campaigns, delivery, engagement, activations, sequences, leads, insight, privacy
  TO throughline_app;
