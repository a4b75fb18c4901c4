import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';

type Step = ActivationDetail['steps'][number];

const COUNTS = ['sent', 'pending', 'skipped', 'failed', 'unknown'] as const;

/** What became of each step, in numbers that add up. */
export function StepTable({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: readonly Column<Step>[] = [
    {
      key: 'step',
      title: t('activation.step'),
      isHeading: true,
      cell: (step) => t('review.step', { number: steps.indexOf(step) + 1 }),
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
      items={steps}
      isWhole
      idOf={({ stepKey }) => stepKey}
      columns={columns}
      minWidth={420}
    />
  );
}
