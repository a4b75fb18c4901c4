import { NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { attributeOf, type SourceElement } from '#template-source';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../shared/NumberField';
import { readAttribute, withAttributes } from './acts';
import { SlotLabel } from './LockSwitch';
import { canExchange, exchangeable, isExchangeable, notExchangeable, shapeOf, withHelp } from './picture-acts';
import type { Builder } from './use-builder';
import type { PictureChoices } from './use-picture-choices';

interface PictureSwitchProps {
  readonly builder: Builder;
  readonly block: SourceElement;
  readonly choices: Pick<PictureChoices, 'urlOf'>;
}

/** Shapes that partners' pictures often have: width by height. */
const SHAPES = ['16:9', '3:2', '4:3', '1:1', '2:1'];
/** Least width unless another is written, as the compiler has it. */
const USUAL_WIDTH = 600;

/** Whether partners may show a picture of their own, and what it must be. */
export function PictureSwitch({ builder, block, choices }: PictureSwitchProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const shape = usePictureShape(choices.urlOf(attributeOf(source, block, 'src') ?? ''));
  const isOpen = isExchangeable(block);
  if (isOpen === null) return null;
  const isPossible = isOpen || canExchange(block);
  return (
    <Stack gap={4} role="group" aria-label={t('builder.pictureLock')}>
      <Text size="sm" fw={500}>
        {t('builder.pictureLock')}
      </Text>
      <SegmentedControl
        aria-label={t('builder.pictureLock')}
        value={isOpen ? 'open' : 'locked'}
        orientation="vertical"
        fullWidth
        disabled={!isPossible}
        data={[
          { value: 'locked', label: t('builder.locked') },
          { value: 'open', label: t('builder.ownPicture') },
        ]}
        onChange={(value) =>
          perform(value === 'open' ? exchangeable(template, block, shape) : notExchangeable(template, block))
        }
      />
      <Text size="xs" c="dimmed">
        {t(isOpen ? 'builder.ownPictureWhy' : isPossible ? 'builder.pictureLockedWhy' : 'builder.pictureInLock')}
      </Text>
      {isOpen && <PictureFields builder={builder} block={block} shape={shape} />}
    </Stack>
  );
}

interface PictureFieldsProps extends Pick<PictureSwitchProps, 'builder' | 'block'> {
  /** Of the vendor's picture; null: unknown. */
  readonly shape: string | null;
}

function PictureFields({ builder, block, shape }: PictureFieldsProps) {
  const { t } = useTranslation();
  const { template, perform } = builder;
  const ratio = readAttribute(template, block, 'ratio') ?? '';
  const known = [...new Set([shape, ratio, ...SHAPES])].filter((one) => one !== null && one !== '');
  return (
    <>
      <SlotLabel builder={builder} block={block} />
      <HelpField builder={builder} block={block} />
      <NativeSelect
        label={t('builder.pictureShape')}
        value={ratio}
        data={[
          { value: '', label: t('builder.anyShape') },
          ...known.map((one) => ({
            value: one ?? '',
            label: one === shape ? t('builder.shapeOfYours', { shape: one }) : (one ?? ''),
          })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          perform((now, at) => withAttributes(now, at, { ratio: value === '' ? null : value }))
        }
      />
      <NumberField
        label={t('builder.pictureWidth')}
        description={t('builder.pictureWidthWhy')}
        min={1}
        max={1600}
        value={Number(readAttribute(template, block, 'min-width') ?? USUAL_WIDTH)}
        onChange={(value) =>
          typeof value === 'number' && perform((now, at) => withAttributes(now, at, { 'min-width': `${value}` }))
        }
      />
    </>
  );
}

/** What helps partners to choose a picture, in the shown language. */
function HelpField({ builder, block }: Pick<PictureSwitchProps, 'builder' | 'block'>) {
  const { t } = useTranslation();
  const { template, perform } = builder;
  const help = readAttribute(template, block, 'help') ?? '';
  return (
    <TextInput
      key={`${template.locale} ${help}`}
      label={t('builder.slotHelp')}
      defaultValue={help}
      onBlur={({ currentTarget: { value } }) => {
        if (value.trim() !== help) perform(withHelp(template, block, value.trim()));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

/** The shape of a picture, once the browser has loaded it. */
function usePictureShape(url: string | null): string | null {
  const [loaded, setLoaded] = useState<{ readonly url: string; readonly shape: string | null } | null>(null);
  useEffect(() => {
    if (url === null) return undefined;
    const image = new Image();
    image.onload = () => setLoaded({ url, shape: shapeOf(image.naturalWidth, image.naturalHeight) });
    image.src = url;
    return () => {
      image.onload = null;
    };
  }, [url]);
  return loaded !== null && loaded.url === url ? loaded.shape : null;
}
