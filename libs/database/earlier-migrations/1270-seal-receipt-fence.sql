-- Who was overtaken on a message while building it keeps its receipt after the one that was sent: of an older claim it does not count.
ALTER TABLE seal.receipt ADD COLUMN fence integer NOT NULL DEFAULT 0;
GRANT UPDATE (fence) ON seal.receipt TO throughline_app;
