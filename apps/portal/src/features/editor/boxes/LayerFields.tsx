import { Button, ColorInput, Group, SegmentedControl, Slider, Stack, Switch, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../shared/NumberField';
import { PictureField } from '../builder/PictureField';
import { BlurTextarea } from '../posts/PostFields';
import type { BoxLook, Reordering, SlotBox } from './box';
import type { BoxesOf } from './use-boxes';

export interface LayerFieldsProps {
  readonly box: SlotBox;
  readonly words: BoxesOf['words'];
  readonly pictures: BoxesOf['pictures'];
  readonly onLook: (look: BoxLook) => void;
  readonly onText: (key: string, text: string) => void;
}

/** What a layer of the vendor shows: a text, a picture or a colour. */
export function LayerFields({ box, words, pictures, onLook, onText }: LayerFieldsProps) {
  const { t } = useTranslation();
  const { kind, look } = box;
  if (kind === 'picture')
    return pictures === undefined ? null : (
      <>
        <PictureField
          label={t('boxes.kind.picture')}
          value={look.picture ?? ''}
          choices={pictures}
          onWrite={(picture) => onLook({ picture })}
        />
        <Stack gap={4}>
          <Text size="sm" fw={500}>
            {t('boxes.fit')}
          </Text>
          <SegmentedControl
            aria-label={t('boxes.fit')}
            value={look.fit ?? 'cover'}
            data={(['cover', 'contain'] as const).map((value) => ({ value, label: t(`boxes.fits.${value}`) }))}
            onChange={(fit) => onLook({ fit })}
          />
        </Stack>
        <Opacity look={look} onLook={onLook} />
      </>
    );
  if (kind === 'shape')
    return (
      <>
        <ShapeColour look={look} onLook={onLook} />
        <NumberField
          label={t('boxes.radius')}
          unit="px"
          min={0}
          max={1000}
          value={look.radius ?? 0}
          onChange={(radius) => typeof radius === 'number' && onLook({ radius })}
        />
        <Opacity look={look} onLook={onLook} />
      </>
    );
  if (kind !== 'copy' && kind !== 'line') return null;
  if (look.copy === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('boxes.literal')}
      </Text>
    );
  return (
    <BlurTextarea
      label={t('boxes.words')}
      value={words?.copy(look.copy) ?? ''}
      onWrite={(text) => onText(look.copy ?? '', text)}
    />
  );
}

interface LookProps {
  readonly look: BoxLook;
  readonly onLook: (look: BoxLook) => void;
}

/** A plain colour; gradients of drawing programs stay until another is chosen. */
function ShapeColour({ look: { color = '' }, onLook }: LookProps) {
  const { t } = useTranslation();
  const isPlain = /^#[0-9a-f]{3,6}$/i.test(color);
  return (
    <ColorInput
      key={color}
      label={t('boxes.colour')}
      description={isPlain ? undefined : t('boxes.gradient')}
      format="hex"
      defaultValue={isPlain ? color : ''}
      placeholder="#"
      eyeDropperButtonProps={{ 'aria-label': t('boxes.pick') }}
      onChangeEnd={(value) => value !== '' && onLook({ color: value.toLowerCase() })}
    />
  );
}

function Opacity({ look: { opacity = 1 }, onLook }: LookProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {t('boxes.opacity')}
      </Text>
      <Slider
        key={opacity}
        thumbProps={{ 'aria-label': t('boxes.opacity') }}
        min={0}
        max={100}
        step={5}
        defaultValue={Math.round(opacity * 100)}
        label={(value) => `${value} %`}
        onChangeEnd={(value) => onLook({ opacity: value / 100 })}
      />
    </Stack>
  );
}

interface OrderButtonsProps {
  readonly canMove: (step: Reordering) => boolean;
  readonly onMove: (step: Reordering) => void;
}

/** Draws a layer over the next one, or under the one before. */
export function OrderButtons({ canMove, onMove }: OrderButtonsProps) {
  const { t } = useTranslation();
  const steps = [
    ['forward', IconArrowUp],
    ['back', IconArrowDown],
  ] as const;
  return (
    <Group gap="xs">
      {steps.map(([step, Icon]) => (
        <Button
          key={step}
          size="xs"
          variant="default"
          disabled={!canMove(step)}
          leftSection={<Icon size={14} aria-hidden />}
          onClick={() => onMove(step)}
        >
          {t(`boxes.order.${step}`)}
        </Button>
      ))}
    </Group>
  );
}

interface PartnerSwitchProps {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** Locked is the default; an open text is the partner's. */
export function PartnerSwitch({ isOpen, onOpen }: PartnerSwitchProps) {
  const { t } = useTranslation();
  return (
    <Switch
      label={t('boxes.partnerMay')}
      description={t('boxes.partnerMayHow')}
      checked={isOpen}
      onChange={({ currentTarget }) => onOpen(currentTarget.checked)}
    />
  );
}
