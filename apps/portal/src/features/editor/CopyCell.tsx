import { Text, Textarea, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface CopyCellProps {
  readonly label: string;
  /** A subject: it has no line breaks. */
  readonly isOneLine: boolean;
  /** Null where the language lacks the text. */
  readonly text: string | null;
  readonly onWrite: (text: string) => void;
}

/**
 * One text of the copy table.
 * A click edits it, Enter or blur commits, Escape reverts. Shift and Enter
 * begin a new line where the text may have several.
 */
export function CopyCell({ label, isOneLine, text, onWrite }: CopyCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isDoneByKey, setDoneByKey] = useState(false);
  const keep = () => {
    setTyped(null);
    if (typed !== null && typed !== (text ?? '')) onWrite(typed);
  };
  const end = (commit: boolean): void => {
    setDoneByKey(true);
    if (commit) keep();
    else setTyped(null);
  };
  if (typed === null)
    return (
      <CellButton
        label={label}
        text={text}
        hasFocus={isDoneByKey}
        onOpen={() => {
          setDoneByKey(false);
          setTyped(text ?? '');
        }}
      />
    );
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') end(false);
    const isNewLine = event.shiftKey && !isOneLine;
    if (event.key !== 'Enter' || isNewLine || event.nativeEvent.isComposing) return;
    event.preventDefault();
    end(true);
  };
  return (
    <Textarea
      aria-label={label}
      autosize
      minRows={1}
      size="sm"
      autoFocus
      value={typed}
      onChange={({ currentTarget: { value } }) => setTyped(isOneLine ? value.replace(/[\r\n]+/g, ' ') : value)}
      onBlur={keep}
      onKeyDown={pressKey}
    />
  );
}

interface CellButtonProps extends Pick<CopyCellProps, 'label' | 'text'> {
  /** It was edited by keyboard a moment ago. */
  readonly hasFocus: boolean;
  readonly onOpen: () => void;
}

/** The text of a cell that is not edited. */
function CellButton({ label, text, hasFocus, onOpen }: CellButtonProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className="copy-cell"
      autoFocus={hasFocus}
      // At the press, not at the click: the cell that was edited before may
      // become lower between the two, and the click would hit another one.
      onMouseDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        onOpen();
      }}
      onClick={onOpen}
    >
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
