import { TextInput } from '@mantine/core';

interface BlurTextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onWrite: (value: string) => void;
}

/** A word that is written down when the field is left, for half a word may be a mistake. */
export function BlurTextInput({ label, value, onWrite }: BlurTextInputProps) {
  return (
    <TextInput
      key={value}
      label={label}
      defaultValue={value}
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
