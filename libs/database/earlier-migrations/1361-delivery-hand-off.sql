-- Which hand-off took a message: of two under one fence, the first undone, whoever frees its own must not free the other's.
ALTER TABLE delivery.message ADD COLUMN hand_off uuid;
