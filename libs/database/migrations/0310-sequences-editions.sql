-- The edition of the activation that a contact's position is of. An update leaves the rows as they are:
-- a contact is moved to its step of the present edition when it is due, or when something happens.
ALTER TABLE sequences.enrolment ADD COLUMN edition integer NOT NULL DEFAULT 1;
ALTER TABLE sequences.click_move ADD COLUMN edition integer NOT NULL DEFAULT 1;
-- An update replaces the rules by which people enter.
GRANT DELETE ON sequences.entry_rule TO throughline_app;
