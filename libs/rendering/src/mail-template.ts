import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { escapeHtml } from './values.js';

/** The content of a mail that the product itself sends. Values are plain text. */
interface MailContent {
  /** BCP 47. */
  readonly language: string;
  readonly lines: readonly string[];
  readonly url: string;
  readonly button: string;
  readonly closing: string;
}

/** The fields of each file in `mail-templates`. */
interface MailTemplates {
  /** In the product's own look, to its users. */
  system: MailContent & { readonly greeting: string };
  /** In a partner's look, to its contacts. */
  partner: MailContent & {
    readonly direction: 'ltr' | 'rtl';
    readonly partner: string;
    readonly colours: { readonly primary: string; readonly onPrimary: string };
    /** Size in CSS pixels; null shows the name instead. */
    readonly logo: { readonly url: string; readonly width: number; readonly height: number } | null;
  };
}

const TEMPLATES = new Map<string, Handlebars.TemplateDelegate>();

/** @returns HTML. Each value is escaped; an unknown field is an error. */
export function renderMailTemplate<Name extends keyof MailTemplates>(name: Name, fields: MailTemplates[Name]): string {
  let template = TEMPLATES.get(name);
  if (template === undefined) {
    const source = readFileSync(join(packageRoot(), `libs/rendering/mail-templates/${name}.hbs`), 'utf8');
    template = Handlebars.compile(source, { strict: true });
    TEMPLATES.set(name, template);
  }
  return template(escaped(fields));
}

/**
 * All texts of the fields, escaped. Handlebars would also escape `=` in links,
 * which spam filters may take for disguise.
 */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return new Handlebars.SafeString(escapeHtml(value));
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, escaped(one)]));
}
