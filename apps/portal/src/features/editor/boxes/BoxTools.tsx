import { Button, Group, Menu, Switch, Text } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { UndoButton } from '../UndoButton';
import type { BoxKind } from './box';

interface BoxToolsProps {
  readonly kinds: readonly BoxKind[];
  readonly drawing: boolean;
  readonly shown: boolean;
  readonly canDraw: boolean;
  readonly canUndo: boolean;
  readonly onAdd: (kind: BoxKind) => void;
  readonly onDraw: (drawing: boolean) => void;
  readonly onShow: (shown: boolean) => void;
  readonly onUndo: () => void;
}

/** Toolbar of the layout tab. */
export function BoxTools({ kinds, drawing, shown, canDraw, canUndo, onAdd, onDraw, onShow, onUndo }: BoxToolsProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between">
      <Group gap="sm">
        <Switch label={t('boxes.show')} checked={shown} onChange={(event) => onShow(event.currentTarget.checked)} />
        {drawing && (
          <Text size="sm" fw={600} aria-live="polite">
            {t('boxes.drawNow')}
          </Text>
        )}
      </Group>
      <Group gap="xs">
        <UndoButton canUndo={canUndo} onUndo={onUndo} />
        <Button
          variant={drawing ? 'filled' : 'default'}
          aria-pressed={drawing}
          disabled={!canDraw}
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onDraw(!drawing)}
        >
          {t('boxes.drawAnew')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={<IconPlus size={16} aria-hidden />}>{t('boxes.add')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => onAdd(kind)}>
                {t(`boxes.kind.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}
