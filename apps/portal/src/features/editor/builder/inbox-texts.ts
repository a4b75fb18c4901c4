import type { TemplateType } from '#contracts';
import { readYamlOnly } from '../yaml-file';
import type { Act, Template } from './acts';
import { copyOf, withCopy } from './email-copy';

/** Texts of an e-mail or page that are not in its template. */
const FIELDS = { email: ['subject', 'preheader'], page: ['title'] } as const satisfies Record<
  TemplateType,
  readonly string[]
>;

/** A text that readers see around an e-mail or page: in the inbox, or in the browser's tab. */
export interface InboxText {
  readonly field: (typeof FIELDS)[TemplateType][number];
  /** In the catalogues. */
  readonly key: string;
  readonly text: string;
}

/** Subject and preview text of an e-mail, or title of a page, in the shown language. */
export function inboxTexts({ texts, kind, key, locale }: Template): InboxText[] {
  const file = readYamlOnly(texts['campaign.yaml'] ?? '');
  const copy = copyOf(texts, locale);
  return FIELDS[kind].flatMap((field) => {
    const textKey: unknown = file.ok ? file.document.getIn([`${kind}s`, key, field]) : undefined;
    return typeof textKey === 'string' ? [{ field, key: textKey, text: copy.get(textKey) ?? '' }] : [];
  });
}

/** Writes one of them. The selected block stays selected. */
export const withInboxText = (template: Template, { key }: InboxText, words: string, selected: number | null): Act => ({
  texts: withCopy(template.texts, template.locale, key, words),
  select: selected,
});
