import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { html } from '@codemirror/lang-html';
import { xml, xmlLanguage } from '@codemirror/lang-xml';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import type { AuthoringLanguage } from '#contracts';

/** The language of a file, by the end of its name; e-mails complete the tags, attributes and fields that the compiler knows. */
export function languageOf(path: string, language: AuthoringLanguage): Extension {
  if (path.endsWith('.mjml'))
    return [emailLanguage(language), xmlLanguage.data.of({ autocomplete: fieldsOf(language) })];
  if (path.endsWith('.html')) return html();
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
