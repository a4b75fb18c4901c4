import { Text, Textarea, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface CopyCellProps {
  readonly label: string;
  /** Null where the language lacks the text. */
  readonly text: string | null;
  readonly onWrite: (text: string) => void;
}

/**
 * One text of the copy table.
 * A click edits it, Escape reverts, blur commits.
 */
export function CopyCell({ label, text, onWrite }: CopyCellProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    setTyped(null);
    if (typed !== null && typed !== (text ?? '')) onWrite(typed);
  };
  if (typed !== null)
    return (
      <Textarea
        aria-label={label}
        autosize
        minRows={1}
        size="sm"
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
        }}
      />
    );
  return (
    <UnstyledButton className="copy-cell" onClick={() => setTyped(text ?? '')}>
      <VisuallyHidden>{label}: </VisuallyHidden>
      {text === null ? (
        <Text size="sm" fw={600} c="var(--mantine-color-yellow-light-color)">
          {t('copy.add')}
        </Text>
      ) : (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
    </UnstyledButton>
  );
}
