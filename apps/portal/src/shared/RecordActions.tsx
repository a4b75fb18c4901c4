import { Button, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from './session';
import { Confirm } from './Confirm';
import { ProblemNote } from './ProblemNote';

interface RecordActionsProps {
  readonly check: { readonly isPending: boolean; readonly error: unknown; readonly mutate: () => void };
  /** Permission for both actions. */
  readonly permission?: Parameters<ReturnType<typeof useCan>>[0];
  /** Label of the remove button. */
  readonly label: string;
  readonly question: string;
  readonly onRemove: () => Promise<unknown>;
  /** Consequences of the removal. */
  readonly children: ReactNode;
}

/**
 * Actions on a name that DNS records prove: check again, or remove.
 * Nothing for users without the permission.
 */
export function RecordActions({
  check,
  permission = 'brand.edit',
  label,
  question,
  onRemove,
  children,
}: RecordActionsProps) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <>
      <ProblemNote error={check.error} />
      {can(permission) && (
        <Group justify="space-between">
          <Confirm label={label} question={question} onConfirm={onRemove}>
            {children}
          </Confirm>
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t('sending.check')}
          </Button>
        </Group>
      )}
    </>
  );
}
