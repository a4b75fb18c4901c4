-- Cuts are never deleted, so they count against the partner's quota as its pictures do.
ALTER TABLE assets.partner_picture_cut ADD bytes integer NOT NULL DEFAULT 0 CHECK (bytes >= 0);
