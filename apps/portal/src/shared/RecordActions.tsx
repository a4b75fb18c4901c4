import { Button, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from './session';
import { Confirm } from './Confirm';
import { ProblemNote } from './ProblemNote';

interface RecordActionsProps {
  readonly check: { readonly isPending: boolean; readonly error: unknown; readonly mutate: () => void };
  /** What one must be permitted to do either. */
  readonly permission?: Parameters<ReturnType<typeof useCan>>[0];
  /** What takes the name away again. */
  readonly label: string;
  readonly question: string;
  readonly onRemove: () => Promise<unknown>;
  /** What becomes of everything once it is away. */
  readonly children: ReactNode;
}

/** What can be done with a name that DNS records prove: look again, or take it away; nothing for who can only read. */
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
