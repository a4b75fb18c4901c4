/**
 * Placeholders of mail tools: `{{name}}` and `{% if %}` (HubSpot, Brevo, Liquid),
 * `*|FNAME|*` (Mailchimp), `%%first%%` (Salesforce), `%FIRSTNAME%`
 * (ActiveCampaign), `[[name]]`, `<<name>>`, `${name}`, `{!Contact.Name}`,
 * `{first_name}`.
 */
const MERGE_TAG =
  /\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|\*\|[^|\n]{1,80}\|\*|%%[^%\n]{1,60}%%|%[A-Z][A-Z_]{2,40}%|\[\[[^[\]\n]{1,60}\]\]|<<[^<>\n]{1,60}>>|\$\{[^{}\n]{1,60}\}|\{![^{}\n]{1,60}\}|\{[A-Za-z]{1,30}[_.][A-Za-z_.]{1,40}\}/u;

/**
 * The first placeholder of another tool in a typed text, which would be sent as
 * it is.
 * @returns null if there is none.
 */
export const mergeTagIn = (text: string): string | null => MERGE_TAG.exec(text)?.[0] ?? null;
