import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { html, htmlLanguage } from '@codemirror/lang-html';
import { xml, xmlLanguage } from '@codemirror/lang-xml';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import type { AuthoringLanguage } from '#contracts';

/**
 * CodeMirror language by file extension.
 * E-mails and pages complete the compiler's tags, attributes and fields.
 */
export function languageOf(path: string, language: AuthoringLanguage): Extension {
  if (path.endsWith('.mjml'))
    return [emailLanguage(language), xmlLanguage.data.of({ autocomplete: fieldsOf(language) })];
  if (path.endsWith('.html')) return pageLanguage(language);
  if (path.endsWith('.svg')) return xml();
  return path.endsWith('.yaml') ? yaml() : [];
}

function emailLanguage({ elements }: AuthoringLanguage): Extension {
  return xml({
    elements: elements.map(({ name, attributes }) => ({
      name,
      attributes: attributes.map((attribute) => ({ name: attribute.name, values: attribute.values })),
    })),
  });
}

/**
 * HTML with our own tags.
 * A page has no recipient, so it completes no recipient fields.
 */
function pageLanguage(language: AuthoringLanguage): Extension {
  const own = language.elements.filter(({ name }) => name.startsWith('tc-'));
  const attributesOf = ({ attributes }: AuthoringLanguage['elements'][number]) =>
    Object.fromEntries(attributes.map(({ name, values }) => [name, values.length === 0 ? null : values]));
  const fields = language.fields.filter((path) => !path.startsWith('recipient.'));
  return [
    html({ extraTags: Object.fromEntries(own.map((one) => [one.name, { attrs: attributesOf(one) }])) }),
    htmlLanguage.data.of({ autocomplete: fieldsOf({ ...language, fields }) }),
  ];
}

/** Paths after `{{`. */
const fieldsOf =
  ({ fields, builtInLinks }: AuthoringLanguage) =>
  (context: CompletionContext): CompletionResult | null => {
    const before = context.matchBefore(/\{\{\s*[\w.]*/);
    if (before === null) return null;
    const words = ['t "', ...fields, ...builtInLinks.map((link) => `links.${link}`)];
    return {
      from: before.from + (/^\{\{\s*/.exec(before.text)?.[0].length ?? 0),
      options: [...new Set(words)].map((label) => ({ label, type: 'variable' })),
      validFor: /^[\w.]*$/,
    };
  };
