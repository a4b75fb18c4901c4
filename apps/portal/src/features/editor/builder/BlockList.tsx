import { Box, UnstyledButton } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pressBlockKey } from './block-keys';
import { useBlockName } from './block-name';
import type { Builder } from './use-builder';

/** Blocks within blocks, without those of the file around them. */
const levelIn = (blocks: readonly SourceElement[], { parent }: SourceElement): number =>
  parent === null || !blocks.includes(parent) ? 1 : 1 + levelIn(blocks, parent);

/** All blocks as a tree, also those that the canvas cannot show. */
export function BlockList({ builder }: { readonly builder: Builder }) {
  const { t } = useTranslation();
  const { blocks, source, selected, email } = builder;
  const nameOf = useBlockName(email.texts, email.locale);
  const list = useRef<HTMLDivElement>(null);
  const focus = (number: number): void =>
    list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[number]?.focus();
  useEffect(() => {
    // The focus goes with a block that was moved from here.
    const { current } = list;
    const hasFocus = current?.contains(document.activeElement) === true;
    if (hasFocus && selected !== null) current.querySelectorAll<HTMLElement>('[role=treeitem]')[selected]?.focus();
  }, [selected]);
  return (
    <Box ref={list} role="tree" aria-label={t('builder.blocks')} mah={420} style={{ overflowY: 'auto' }}>
      {blocks.map((block, number) => {
        const level = levelIn(blocks, block);
        const siblings = block.parent?.children ?? [];
        return (
          <UnstyledButton
            key={number}
            role="treeitem"
            className="block-row"
            aria-level={level}
            aria-setsize={siblings.length}
            aria-posinset={siblings.indexOf(block) + 1}
            aria-selected={selected === number}
            tabIndex={number === (selected ?? 0) ? 0 : -1}
            style={{ paddingInlineStart: level * 12 }}
            onClick={() => builder.select(number)}
            onFocus={() => builder.select(number)}
            onKeyDown={(event) => pressBlockKey(builder, event, focus)}
          >
            {nameOf(source, block)}
          </UnstyledButton>
        );
      })}
    </Box>
  );
}
