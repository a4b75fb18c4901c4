-- One seal for each edition of an activation: a receipt is verified against the seal of its version.
ALTER TABLE seal.activation_seal
  ADD COLUMN edition integer NOT NULL DEFAULT 1,
  DROP CONSTRAINT activation_seal_pkey,
  ADD PRIMARY KEY (activation_id, edition);
