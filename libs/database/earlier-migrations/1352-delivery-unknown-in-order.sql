-- All unknown messages are gone through page by page, oldest first; those of one dead process have one moment.
CREATE INDEX message_unknown_in_order ON delivery.message (unknown_since, id) WHERE unknown_since IS NOT NULL;
DROP INDEX delivery.message_unknown;
