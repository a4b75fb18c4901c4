import { z } from 'zod';
import { ContactEvent } from './sequence.contract.js';

/** What an embed on a partner's website shows. */
export const EmbedState = z.object({
  state: z.enum(['live', 'updated', 'ended', 'recalled']),
  key: z.string().describe('changes when something else is to be shown'),
});
export type EmbedState = z.infer<typeof EmbedState>;

const Snippet = z.object({
  code: z.string().describe('HTML to paste into the website'),
  preview: z.string().describe('path on this server'),
  policy: z.string().describe('what a Content-Security-Policy of the website has to allow'),
});

/** Code with which a partner shows a running campaign on its own website. */
export const ActivationEmbeds = z.object({
  hasPage: z.boolean().describe('false: the campaign has no landing page, so nothing can be shown'),
  state: EmbedState.shape.state,
  hosts: z.array(z.string()).describe('websites that may show it, with their sub-domains'),
  card: z.object({ url: z.string().describe('to paste into WordPress'), preview: z.string() }),
  frame: Snippet,
  component: Snippet,
  /** Addresses of the feeds of all that the partner runs. */
  feeds: z.object({ json: z.string(), rss: z.string() }),
});
export type ActivationEmbeds = z.infer<typeof ActivationEmbeds>;

/** A request for the card of a landing page (oembed.com, 2.2). */
export const OEmbedQuery = z.object({
  url: z.string().max(2000),
  format: z.enum(['json', 'xml']).default('json'),
  maxwidth: z.coerce.number().int().positive().optional(),
  maxheight: z.coerce.number().int().positive().optional(),
});

/** What the script of a partner's website reports. */
export const ReportVisit = z.strictObject({
  name: ContactEvent.shape.name,
  click: z.uuid().optional().describe('of the personal link, for half an hour'),
  visitor: z.string().max(200).optional().describe('token of an earlier response'),
});
export const ReportedVisit = z.object({
  visitor: z.string().nullable().describe('names the contact in later reports; null: nothing was recorded'),
});
export type ReportedVisit = z.infer<typeof ReportedVisit>;

export const SetWebsiteReporting = z.strictObject({ isOn: z.boolean() });
export const WebsiteReportingView = z.object({
  isOn: z.boolean().describe('links of launches from then on name their reader to your website'),
  code: z.string().describe('HTML to paste into each page of the website'),
});
export type WebsiteReportingView = z.infer<typeof WebsiteReportingView>;
