import { Stack, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldChoice } from './FieldChoice';
import { type InboxText, inboxTexts, withInboxText } from './inbox-texts';
import type { Builder } from './use-builder';

const LINE_BREAKS = /\s+/g;

/** Subject and preview text above the canvas, as an inbox has them; the title of a page. */
export function InboxTexts({ builder }: { readonly builder: Builder }) {
  const { template, selected, perform } = builder;
  return (
    <Stack gap="xs" mb="xs">
      {inboxTexts(template).map((text) => (
        <InboxField
          key={`${template.locale} ${text.key} ${text.text}`}
          text={text}
          hasFields={template.kind === 'email'}
          onWrite={(words) => perform(withInboxText(template, text, words, selected))}
        />
      ))}
    </Stack>
  );
}

interface InboxFieldProps {
  readonly text: InboxText;
  /** A page is the same for everybody. */
  readonly hasFields: boolean;
  readonly onWrite: (words: string) => void;
}

function InboxField({ text: { field, text }, hasFields, onWrite }: InboxFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      ref={input}
      label={t(`builder.inbox.${field}`)}
      className="inbox-field"
      defaultValue={text}
      onBlur={({ currentTarget, relatedTarget }) => {
        // The menu of fields writes here.
        if (relatedTarget instanceof Element && relatedTarget.closest('[data-text-tools]') !== null) return;
        const words = currentTarget.value.replaceAll(LINE_BREAKS, ' ').trim();
        if (words !== '' && words !== text) onWrite(words);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      {...(hasFields
        ? {
            rightSection: (
              <FieldChoice
                onInsert={(name) => {
                  const { current } = input;
                  if (current === null) return;
                  const { selectionStart, selectionEnd, value } = current;
                  current.setRangeText(
                    `{{${name}}}`,
                    selectionStart ?? value.length,
                    selectionEnd ?? value.length,
                    'end',
                  );
                  current.focus();
                }}
              />
            ),
          }
        : {})}
    />
  );
}
