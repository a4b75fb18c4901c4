import { NavLink, Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SlotBox } from './box';

interface BoxListProps {
  readonly boxes: readonly SlotBox[];
  readonly hasPages: boolean;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Every box by name, also those without a position. */
export function BoxList({ boxes, hasPages, chosen, onChoose }: BoxListProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder component="nav" aria-label={t('boxes.list')}>
      {boxes.map(({ id, name, kind, page, rect }) => (
        <NavLink
          key={id}
          component="button"
          type="button"
          active={id === chosen}
          label={name}
          description={[
            t(`boxes.kind.${kind}`),
            ...(rect === null ? [t('boxes.nowhereShort')] : hasPages ? [t('boxes.onPage', { number: page })] : []),
          ].join(' · ')}
          onClick={() => onChoose(id)}
        />
      ))}
    </Paper>
  );
}
