import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useStepNameByKey } from '../../shared/step-name';

type Step = ActivationDetail['steps'][number];

const COUNTS = ['sent', 'pending', 'skipped', 'failed', 'unknown'] as const;

/**
 * Shows a partner the outcome of each step.
 * The numbers of a row add up.
 */
export function StepTable({ steps, names }: Pick<ActivationDetail, 'steps' | 'names'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepName = useStepNameByKey(names);
  const at = ({ stepKey }: Step) => names.findIndex((name) => name.stepKey === stepKey);
  const columns: readonly Column<Step>[] = [
    {
      key: 'step',
      title: t('activation.step'),
      isHeading: true,
      orderBy: at,
      cell: ({ stepKey }) => {
        const subject = names.find((name) => name.stepKey === stepKey)?.subject;
        return (
          <>
            <Text size="sm">{stepName(stepKey)}</Text>
            {subject != null && (
              <Text size="xs" c="dimmed">
                {subject}
              </Text>
            )}
          </>
        );
      },
    },
    ...COUNTS.map((name) => ({
      key: name,
      title: t(`status.${name}`),
      align: 'end' as const,
      orderBy: (step: Step) => step[name],
      cell: (step: Step) => format.number(step[name]),
    })),
  ];
  return (
    <DataTable
      label={t('activation.step')}
      items={[...steps].sort((a, b) => at(a) - at(b))}
      isWhole
      idOf={({ stepKey }) => stepKey}
      columns={columns}
      minWidth={420}
    />
  );
}
