const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** MJML's ending tags, and our slots: their content is text, not elements. */
export const ENDING = words(
  'mj-text mj-button mj-table mj-breakpoint mj-carousel-image mj-raw mj-title mj-preview mj-style mj-navbar-link ' +
    'mj-social-element mj-accordion-title mj-accordion-text tc-slot tc-button',
);
/** Elements of a page whose content follows other rules, or none that matter here. */
export const WHOLE = words('svg math template select video audio object');
/** Elements of HTML whose content has no tags and no comments. */
export const RAW_TEXT = words('style script title textarea xmp iframe noscript noembed noframes');
export const VOID = words('area base br col embed hr img input link meta param source track wbr');
/** Start tags that end an open paragraph (HTML, 13.2.6.4.7). */
export const ENDS_PARAGRAPH = words(
  'address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul',
);
export const HEADING = /^h[1-6]$/;
/** Elements whose end tag may be left out: it is where the next of them begins, or where what is around ends. */
export const OPTIONAL_END = words('p li dt dd tr td th thead tbody tfoot caption colgroup');
/** What stands in a table and nowhere else. */
export const TABLE_PARTS = words('caption colgroup col tbody thead tfoot tr td th');
export const TABLE_ROWS = words('table tbody thead tfoot tr colgroup');
/** Elements whose end tag ends the open ones of those. One of a tag of ours does not. */
export const ENDS_OPEN: ReadonlySet<string> = new Set([...ENDS_PARAGRAPH, ...OPTIONAL_END, 'body', 'html']);
