import { useTranslation } from 'react-i18next';
import { DEAL_STAGES, type DealView } from '#contracts';
import type { Column } from '../DataTable';
import { useFormat } from '../format';
import { orderByAmount } from '../money';
import { StatusBadge } from '../StatusBadge';
import { DealAmount } from './DealAmount';
import { statusOf } from './deal-text';

type DealCopy = Pick<DealView, 'stage' | 'amount' | 'refundedMinor' | 'expectedOn' | 'closedOn'>;

/**
 * Columns with what others see of a deal: stage, amount with refunds, and days.
 * @param deals those of the table.
 */
export function useDealCopyColumns<Deal extends DealCopy>(deals: readonly Deal[]): readonly Column<Deal>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const day = (on: string | null): string => (on === null ? '–' : format.day(on));
  return [
    {
      key: 'stage',
      title: t('deals.stage'),
      orderBy: ({ stage }) => DEAL_STAGES.indexOf(stage),
      cell: ({ stage }) => <StatusBadge status={statusOf(stage)} label={t(`deals.stages.${stage}`)} />,
    },
    {
      key: 'amount',
      title: t('leads.amount'),
      align: 'end',
      ...orderByAmount(deals, ({ amount }) => (amount === null ? [] : [amount])),
      cell: (deal) => <DealAmount deal={deal} />,
    },
    {
      key: 'closedOn',
      title: t('deals.decision'),
      orderBy: ({ closedOn }) => closedOn,
      cell: ({ closedOn }) => day(closedOn),
    },
    {
      key: 'expectedOn',
      title: t('deals.expectedOn'),
      orderBy: ({ expectedOn }) => expectedOn,
      cell: ({ expectedOn }) => day(expectedOn),
    },
  ];
}
