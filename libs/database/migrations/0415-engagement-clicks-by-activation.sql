-- Clicks of people in the order of activations: the people who clicked in each campaign are counted from this index
-- alone and hardly sorted.
CREATE INDEX interaction_click_people ON engagement.interaction (partner_id, activation_id, contact_id, at, id)
  INCLUDE (verdict) WHERE contact_id IS NOT NULL AND kind = 'click';
