import { TextInput } from '@mantine/core';

interface BlurTextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onWrite: (value: string) => void;
  /** Why it cannot be changed; absent: it can. */
  readonly fixedBecause?: string | undefined;
}

/**
 * Commits its value on blur.
 * An incomplete value may be invalid.
 */
export function BlurTextInput({ label, value, onWrite, fixedBecause }: BlurTextInputProps) {
  return (
    <TextInput
      key={value}
      label={label}
      defaultValue={value}
      {...(fixedBecause !== undefined && { readOnly: true, description: fixedBecause })}
      onBlur={({ currentTarget }) => {
        const word = currentTarget.value.trim();
        if (word !== '' && word !== value) onWrite(word);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
