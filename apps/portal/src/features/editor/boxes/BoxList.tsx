import { NavLink, Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SlotBox } from './box';

interface BoxListProps {
  readonly boxes: readonly SlotBox[];
  readonly hasPages: boolean;
  /** A text of the vendor in the shown language. */
  readonly copy: ((key: string) => string) | undefined;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Every box by name, also those without a position. */
export function BoxList({ boxes, hasPages, copy, chosen, onChoose }: BoxListProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder component="nav" aria-label={t('boxes.list')}>
      {boxes.map(({ id, name, kind, look, page, rect }) => (
        <NavLink
          key={id}
          component="button"
          type="button"
          active={id === chosen}
          label={labelOf(name, look, copy)}
          description={[
            t(`boxes.kind.${kind}`),
            ...(kind === 'drawing'
              ? []
              : rect === null
                ? [t('boxes.nowhereShort')]
                : hasPages
                  ? [t('boxes.onPage', { number: page })]
                  : []),
          ].join(' · ')}
          onClick={() => onChoose(id)}
        />
      ))}
    </Paper>
  );
}

/** What the box shows, where it says more than a name. */
function labelOf(name: string, { copy: key, picture }: SlotBox['look'], copy: BoxListProps['copy']): string {
  const text = key === undefined ? '' : (copy?.(key) ?? '');
  return text !== '' ? text : (picture?.replace(/^images\//, '') ?? name);
}
