-- Partners come in turns, whoever's turns are the oldest: from one partner to the next, and in each partner's order.
CREATE INDEX turn_of_partner ON sequences.turn (partner_id, not_before, id);
