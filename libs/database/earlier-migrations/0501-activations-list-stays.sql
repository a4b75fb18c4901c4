-- A list that a campaign was launched to stays: it says to whom. Lists that went before this are not asked for.
ALTER TABLE activations.activation
  ADD CONSTRAINT activation_list FOREIGN KEY (list_id) REFERENCES contacts.contact_list (id) NOT VALID;
CREATE INDEX activation_of_list ON activations.activation (list_id);
