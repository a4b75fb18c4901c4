-- Whether more of a partner fell due than its last turn took. Who is not behind is not kept waiting by the queue being full of those who are.
ALTER TABLE sequences.partner_queue ADD COLUMN behind boolean NOT NULL DEFAULT false;
