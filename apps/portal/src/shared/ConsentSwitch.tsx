import { Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import { ProblemNote } from './ProblemNote';
import { useCan } from './session';

interface ConsentSwitchProps {
  readonly label: string;
  /** What the vendor may learn by it. */
  readonly risk: string;
  readonly isGiven: boolean;
  /** The person who changed it last; null: it was never changed. */
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  readonly onSave: (isGiven: boolean) => Promise<unknown>;
}

/** A partner's consent to what a vendor sees. In force at once. */
export function ConsentSwitch({ label, risk, isGiven, changedBy, changedAt, onSave }: ConsentSwitchProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const save = useMutation({ mutationFn: onSave });
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        description={risk}
        checked={save.isPending ? save.variables : isGiven}
        disabled={!can('activations.launch') || save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      {changedBy !== null && changedAt !== null && (
        <Text size="xs" c="dimmed">
          {t('totals.changed', { by: changedBy, at: format.moment(changedAt) })}
        </Text>
      )}
      <ProblemNote error={save.error} />
    </Stack>
  );
}
