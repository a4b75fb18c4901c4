import { hasForm } from '#template-source';
import { ActionIcon, Box, Group, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowUp,
  IconCopy,
  IconPencil,
  IconSelectAll,
  IconTrash,
} from '@tabler/icons-react';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicated, moved, removed, stepPlace } from './acts';
import { useBlockName } from './block-name';
import { textInPlace } from './email-copy';
import type { Builder } from './use-builder';

interface BlockToolbarProps {
  readonly builder: Builder;
  /** Receives the place for tools of a text. */
  readonly onToolsPlace: (place: HTMLElement | null) => void;
}

/** Acts on the selected block, and undo. It stays above the canvas. */
export function BlockToolbar({ builder, onToolsPlace }: BlockToolbarProps) {
  const { t } = useTranslation();
  const { block, blocks, source, template, perform, history } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  useHotkeys([
    ['mod+Z', history.undo],
    ['mod+shift+Z', history.redo],
    ['mod+Y', history.redo],
  ]);
  const up = block === null ? null : stepPlace(source, block, 'up');
  const down = block === null ? null : stepPlace(source, block, 'down');
  const parent = block?.parent == null ? -1 : blocks.indexOf(block.parent);
  return (
    <Group gap="xs" role="toolbar" aria-label={t('builder.toolbar')} className="builder-toolbar">
      <Act label={t('builder.undo')} can={history.canUndo} onAct={history.undo}>
        <IconArrowBackUp size={18} aria-hidden />
      </Act>
      <Act label={t('builder.redo')} can={history.canRedo} onAct={history.redo}>
        <IconArrowForwardUp size={18} aria-hidden />
      </Act>
      <Text size="sm" fw={600} lineClamp={1} style={{ flex: 1, minWidth: 120 }} role="status">
        {block === null ? t('builder.nothingSelected') : nameOf(source, block)}
      </Text>
      <Box ref={onToolsPlace} />
      {block !== null && (
        <>
          <Act
            label={t('builder.write')}
            can={textInPlace(source, block) !== null}
            onAct={() => builder.setWriting(builder.selected)}
          >
            <IconPencil size={18} aria-hidden />
          </Act>
          <Act label={t('builder.selectParent')} can={parent !== -1} onAct={() => builder.select(parent)}>
            <IconSelectAll size={18} aria-hidden />
          </Act>
          <Act label={t('builder.moveUp')} can={up !== null} onAct={() => up && perform(moved(template, block, up))}>
            <IconArrowUp size={18} aria-hidden />
          </Act>
          <Act
            label={t('builder.moveDown')}
            can={down !== null}
            onAct={() => down && perform(moved(template, block, down))}
          >
            <IconArrowDown size={18} aria-hidden />
          </Act>
          <Act label={t('builder.duplicate')} can={!hasForm(block)} onAct={() => perform(duplicated(template, block))}>
            <IconCopy size={18} aria-hidden />
          </Act>
          <Act label={t('builder.delete')} can onAct={() => perform(removed(template, block))}>
            <IconTrash size={18} aria-hidden />
          </Act>
        </>
      )}
    </Group>
  );
}

interface ActProps {
  readonly label: string;
  readonly can: boolean;
  readonly onAct: () => void;
  readonly children: ReactNode;
}

function Act({ label, can, onAct, children }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} disabled={!can} onClick={onAct}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
