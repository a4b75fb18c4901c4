import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Amount, MAX_DEAL } from '#contracts';
import { AmountFields } from '../../shared/AmountFields';

interface AmountFormProps {
  readonly amount: Amount | null;
  readonly how: string;
  readonly label: string;
  readonly isSaving: boolean;
  /** Null: unknown. */
  readonly onSave: (amount: Amount | null) => void;
}

/** The value of a deal. Shows the amount as it will be saved. */
export function AmountForm({ amount, how, label, isSaving, onSave }: AmountFormProps) {
  const [next, setAmount] = useState(amount);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(next);
      }}
    >
      <Stack>
        <Text size="sm">{how}</Text>
        <AmountFields amount={amount} onAmount={setAmount} max={MAX_DEAL} />
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
