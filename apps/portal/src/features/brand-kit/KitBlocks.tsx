import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LibraryChoice } from '../../shared/library/LibraryChoice';
import { useAsset } from '../../shared/library/requests';
import { KitPart, type KitPartProps } from './KitPart';

/** Saved blocks that builders offer first. */
export function KitBlocks({ design: { defaultBlockIds }, isLocked, onDesign }: KitPartProps) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <KitPart title={t('kitDesign.blocks')} why={t('kitDesign.blocksWhy')}>
      {defaultBlockIds.map((id) => (
        <BlockLine
          key={id}
          id={id}
          isLocked={isLocked}
          onRemove={() => onDesign({ defaultBlockIds: defaultBlockIds.filter((one) => one !== id) })}
        />
      ))}
      {!isLocked && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setChoosing(true)}
          >
            {t('kitDesign.addBlock')}
          </Button>
        </Group>
      )}
      <LibraryChoice
        opened={isChoosing}
        title={t('kitDesign.addBlock')}
        kinds={['block']}
        onClose={() => setChoosing(false)}
        onChoose={({ id }) => {
          setChoosing(false);
          onDesign({ defaultBlockIds: [...new Set([...defaultBlockIds, id])] });
        }}
      />
    </KitPart>
  );
}

interface BlockLineProps {
  readonly id: string;
  readonly isLocked: boolean;
  readonly onRemove: () => void;
}

function BlockLine({ id, isLocked, onRemove }: BlockLineProps) {
  const { t } = useTranslation();
  const asset = useAsset(id);
  const title = asset.data?.title ?? (asset.error === null ? '…' : t('kitDesign.blockGone'));
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{title}</Text>
      <ActionIcon
        variant="default"
        disabled={isLocked}
        aria-label={t('kitDesign.removeBlock', { title })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
