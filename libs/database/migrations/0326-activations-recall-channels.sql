-- The report of a recall has a row for each channel on which something could come out: previews, links and
-- web view of sent e-mails, codes that lead to a page, public addresses of documents, texts of posts.
ALTER TABLE activations.recall_item
  DROP CONSTRAINT recall_item_channel_check,
  ADD CONSTRAINT recall_item_channel_check CHECK (channel IN ('email', 'inbox', 'web-view', 'email-preview', 'page', 'qr', 'embed',
    'page-preview', 'file', 'public-file', 'copy', 'file-preview', 'post', 'post-text', 'published-post', 'post-preview'));
