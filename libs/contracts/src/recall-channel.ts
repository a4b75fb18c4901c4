/** Where something of a campaign comes out, see `recallItems`. */
export const RECALL_CHANNELS = [
  'email',
  'inbox',
  'web-view',
  'email-preview',
  'page',
  'qr',
  'embed',
  'page-preview',
  'file',
  'public-file',
  'copy',
  'file-preview',
  'post',
  'post-text',
  'published-post',
  'post-preview',
] as const;

/** What became of it. `was-over`: the launch was stopped before the recall, so no e-mail waited. */
export const RECALL_OUTCOMES = [
  'stopped-before-sending',
  'was-over',
  'withdrawn',
  'page-gone',
  'file-marked',
  'cannot',
] as const;
