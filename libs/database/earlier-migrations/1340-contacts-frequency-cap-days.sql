-- An organisation's own cap holds in a time of its own, not only in seven days.
ALTER TABLE contacts.frequency_cap ADD COLUMN days int NOT NULL DEFAULT 7 CHECK (days BETWEEN 1 AND 30);
