import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import { isBranch, isLocked, levelOf, type SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { groupOf, HIDDEN_ON, hiddenOn, withScreen, withStack } from './screen-acts';
import type { Builder } from './use-builder';

interface ScreenFieldsProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** On which screens a block is shown, and whether its columns stack there. */
export function ScreenFields({ builder, block }: ScreenFieldsProps) {
  const { t } = useTranslation();
  const { source, perform } = builder;
  if (
    block.kind === 'page' ||
    isBranch(block) ||
    block.name === 'tc-lock' ||
    block.name === 'mj-raw' ||
    levelOf(block) === 'column'
  )
    return null;
  const group = groupOf(block);
  const hidden = hiddenOn(source, block);
  // The footer is a lock. One that is hidden already can be shown again.
  const isHideable = !isLocked(block);
  if (!isHideable && hidden === null && group === undefined) return null;
  return (
    <Stack gap={8}>
      {(isHideable || hidden !== null) && (
        <NativeSelect
          label={t('builder.screens')}
          value={hidden ?? ''}
          data={[
            { value: '', label: t('builder.screen.all') },
            ...HIDDEN_ON.map((name) => ({ value: name, label: t(`builder.screen.${name}`) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            perform((now, at) => withScreen(now, at, HIDDEN_ON.find((name) => name === value) ?? null))
          }
        />
      )}
      {group !== undefined && (
        <Checkbox
          label={t('builder.stack')}
          checked={group === null}
          onChange={({ currentTarget: { checked } }) => perform((now, at) => withStack(now, at, checked))}
        />
      )}
    </Stack>
  );
}
