import { Badge, Box, UnstyledButton } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import type { SourceElement } from '#template-source';
import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pressBlockKey } from './block-keys';
import { useBlockName } from './block-name';
import { type BlockComment, openByBlock } from './use-block-comments';
import type { Builder } from './use-builder';
import { scrollWithin } from './scroll-within';
import { useLatest } from './use-latest';

/** Blocks within blocks, without those of the file around them. */
const levelIn = (blocks: readonly SourceElement[], { parent }: SourceElement): number =>
  parent === null || !blocks.includes(parent) ? 1 : 1 + levelIn(blocks, parent);

interface BlockListProps {
  readonly builder: Builder;
  readonly comments: readonly BlockComment[];
}

/** All blocks as a tree, also those that the canvas cannot show. */
export function BlockList({ builder, comments }: BlockListProps) {
  const { t } = useTranslation();
  const { blocks, source, selected, template } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  const open = useMemo(() => openByBlock(comments), [comments]);
  const list = useRef<HTMLDivElement>(null);
  const focus = (number: number): void =>
    list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[number]?.focus();
  const latest = useLatest({ builder, focus });
  const onKey = useMemo(
    () =>
      (event: KeyboardEvent): void =>
        pressBlockKey(latest.current.builder, event, latest.current.focus),
    [latest],
  );
  useEffect(() => {
    // The focus goes with a block that was moved from here.
    const { current } = list;
    const hasFocus = current?.contains(document.activeElement) === true;
    const row = selected === null ? undefined : current?.querySelectorAll<HTMLElement>('[role=treeitem]')[selected];
    if (hasFocus) row?.focus();
    scrollWithin(current, row);
  }, [selected]);
  return (
    <Box ref={list} role="tree" aria-label={t('builder.blocks')} mah={420} style={{ overflowY: 'auto' }}>
      {blocks.map((block, number) => (
        <BlockRow
          key={number}
          number={number}
          name={nameOf(source, block)}
          level={levelIn(blocks, block)}
          siblings={block.parent?.children.length ?? 0}
          place={(block.parent?.children ?? []).indexOf(block) + 1}
          comments={open.get(number) ?? 0}
          isSelected={selected === number}
          isEntry={number === (selected ?? 0)}
          onSelect={builder.select}
          onKey={onKey}
        />
      ))}
    </Box>
  );
}

interface BlockRowProps {
  readonly number: number;
  readonly name: string;
  readonly level: number;
  readonly siblings: number;
  readonly place: number;
  /** Number of open ones. */
  readonly comments: number;
  readonly isSelected: boolean;
  /** Whether the tab key leads here. */
  readonly isEntry: boolean;
  readonly onSelect: (number: number) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** Rendered again only if its block changes: a long e-mail has a hundred. */
const BlockRow = memo(function BlockRow({ number, name, level, siblings, place, ...row }: BlockRowProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      role="treeitem"
      className="block-row"
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={place}
      aria-selected={row.isSelected}
      tabIndex={row.isEntry ? 0 : -1}
      style={{ paddingInlineStart: level * 12 }}
      onClick={() => row.onSelect(number)}
      onFocus={() => row.onSelect(number)}
      onKeyDown={row.onKey}
    >
      {/* Before the name, which may be cut off. */}
      {row.comments > 0 && (
        <Badge me={6} size="sm" variant="light" tt="none" aria-label={t('comments.open', { count: row.comments })}>
          <IconMessage size={12} aria-hidden style={{ verticalAlign: 'middle' }} /> {row.comments}
        </Badge>
      )}
      {name}
    </UnstyledButton>
  );
});
