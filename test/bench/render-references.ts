import { createRequire } from 'node:module';
import Handlebars from 'handlebars';
import { type PartnerValues, type RecipientValues, slotText, type Master } from '#rendering';
import type { RenderStage } from './render-stage.js';

const require = createRequire(import.meta.url);
const mjml = (require('mjml-core') as { default: (source: string, options: object) => Promise<{ html: string }> })
  .default;
const presetCore = require('mjml-preset-core') as object;

type Context = Readonly<Record<string, unknown>>;

/**
 * The same mail without this product: Handlebars and MJML per recipient, or
 * Handlebars over HTML that was compiled once.
 */
export interface References {
  /** Handlebars and MJML for one recipient. @returns HTML. */
  readonly naive: (context: Context) => Promise<string>;
  /** Handlebars, compiled once over finished HTML. */
  readonly precompiled: (context: Context) => string;
}

export async function openReferences({ source }: RenderStage): Promise<References> {
  const engine = Handlebars.create();
  engine.registerHelper('fallback', (value: unknown, otherwise: string) => value ?? otherwise);
  engine.registerHelper('when', function (this: { recipient: Context }, options: Handlebars.HelperOptions) {
    const wanted = String(options.hash['industry']).split('|');
    return wanted.includes(String(this.recipient['industry'])) ? options.fn(this) : options.inverse(this);
  });
  const plain = withoutOurTags(source);
  const overSource = engine.compile(plain);
  const overHtml = engine.compile(await render(plain));
  return { naive: (context) => render(overSource(context)), precompiled: (context) => overHtml(context) };
}

const render = async (source: string): Promise<string> =>
  (await mjml(source, { presets: [presetCore], validationLevel: 'skip', fonts: {} })).html;

/** The source that an author would write for Handlebars and MJML alone. */
function withoutOurTags(source: string): string {
  return source
    .replace(/<tc-slot [^>]*name="([\w-]+)"[^>]*>.*?<\/tc-slot>/gs, '<mj-text>{{slot.$1}}</mj-text>')
    .replace(/<tc-partner-logo [^>]*>/g, '<mj-image src="{{partner.logo}}" alt="{{partner.name}}" width="180px" />')
    .replace(/<\/?tc-lock[^>]*>/g, '')
    .replace(/<tc-when industry="([^"]*)">/g, '<mj-raw>{{#when industry="$1"}}</mj-raw>')
    .replace(/<\/tc-when>/g, '<mj-raw>{{/when}}</mj-raw>')
    .replace(/images\/[\w.-]+/g, (path) => `{{asset.[${path}]}}`);
}

/** The same values for Handlebars. */
export function contextOf(master: Master, values: PartnerValues, recipient: RecipientValues): Context {
  const slot = Object.fromEntries(master.slots.map((rule) => [rule.name, slotText(rule.default)]));
  const contact = { ...values.partner.contact, phoneE164: '+441134960000' };
  const partner = { ...values.partner, contact, logo: Object.values(values.logos)[0] };
  return { brand: values.brand, partner, asset: values.assets, slot, recipient, links: recipient.links };
}
