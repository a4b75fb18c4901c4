import { Text } from '@mantine/core';
import { partsOf } from '#translation';
import { directionOfLanguage } from './desk';

/** A text with its fields and tags set apart. */
export function TextWithCodes({ text, locale }: { readonly text: string; readonly locale: string }) {
  return (
    <Text
      size="sm"
      lang={locale}
      dir={directionOfLanguage(locale)}
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {partsOf(text).map((part, at) =>
        part.kind === 'words' ? (
          part.text
        ) : (
          <bdi key={at} className="inline-code">
            {part.text}
          </bdi>
        ),
      )}
    </Text>
  );
}
