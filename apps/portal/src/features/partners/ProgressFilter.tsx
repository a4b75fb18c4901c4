import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerProgress } from '#contracts';
import { useFormat } from '../../shared/format';
import { usePartnerProgress } from './api';

/** Which partners are shown. */
export type PartnerFilter = 'all' | PartnerProgress;

const STEPS = ['invited', 'accepted', 'launched', 'ended'] as const;
export const PARTNER_FILTERS = ['all', ...STEPS] as const satisfies readonly PartnerFilter[];

interface ProgressFilterProps {
  readonly shown: PartnerFilter;
  readonly onShow: (shown: PartnerFilter) => void;
}

/** Number of partners by progress, as a filter. */
export function ProgressFilter({ shown, onShow }: ProgressFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = usePartnerProgress();
  const count = (one: PartnerFilter): string => {
    if (data === undefined) return '…';
    return format.number(one === 'all' ? STEPS.reduce((sum, step) => sum + data[step], 0) : data[one]);
  };
  return (
    <Chip.Group multiple={false} value={shown} onChange={onShow}>
      <Group gap="xs" role="radiogroup" aria-label={t('partners.progress.label')}>
        {PARTNER_FILTERS.map((one) => (
          <Chip key={one} value={one} variant="outline" size="sm">
            {t(`partners.progress.${one}`, { number: count(one) })}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
