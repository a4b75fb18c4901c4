import { Alert, Button, ColorInput, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SlotLimits, SlotRule } from '../slot-rules';
import { LimitFields } from '../LimitFields';
import { SlotLabel } from '../SlotLabel';
import { BlurTextInput } from '../BlurTextInput';
import type { Rect } from '../../../shared/page-geometry';
import { type BoxFile, type BoxLook, isLayer, type Reordering, type SlotBox } from './box';
import { LayerFields, OrderButtons, PartnerSwitch } from './LayerFields';
import type { BoxesOf } from './use-boxes';
import { NumberField } from '../../../shared/NumberField';

interface BoxFormProps {
  readonly file: BoxFile;
  readonly box: SlotBox;
  readonly pages: number;
  /** The campaign's links and its slots. */
  readonly links: readonly string[];
  readonly slots: readonly string[];
  /** A published version has a slot of this name. */
  readonly isPublished: boolean;
  /** Rule of the slot; undefined if it is not described yet. */
  readonly rule: SlotRule | undefined;
  readonly words: BoxesOf['words'];
  /** Pictures of the package. */
  readonly choices: BoxesOf['pictures'];
  readonly onLook: (look: BoxLook) => void;
  /** @param key of a text of the vendor. */
  readonly onText: (key: string, text: string) => void;
  readonly onReorder: (step: Reordering) => void;
  /** Opens a text to partners, or locks it. */
  readonly onOpen: (isOpen: boolean) => void;
  readonly onPlace: (page: number, rect: Rect) => void;
  readonly onRename: (name: string) => void;
  readonly onLimits: (limits: Partial<SlotLimits>) => void;
  readonly onWord: (locale: string, words: string) => void;
  readonly onDraw: () => void;
  readonly onRemove: () => void;
}

const ALIGNS = ['start', 'center', 'end'] as const;
const WEIGHTS = ['regular', 'bold'] as const;
const SURFACES = ['light', 'dark'] as const;

/** Form of one box: name, position, text style and limits. */
export function BoxForm(props: BoxFormProps) {
  const { box, file, rule, onRename, onLimits, onWord, onDraw, onRemove } = props;
  const isText = box.kind === 'copy' || box.kind === 'text';
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" component="section" aria-label={t('boxes.chosen')}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t(`boxes.kind.${box.kind}`)}
        </Title>
        {box.isUnnamed === true && (
          <Text size="sm" c="dimmed">
            {t('boxes.onlyThisSize')}
          </Text>
        )}
        {box.rect === null && box.kind !== 'drawing' && <Alert color="yellow">{t('boxes.nowhere')}</Alert>}
        {box.origin === 'mark' && (
          <Text size="sm" c="dimmed">
            {t('boxes.isMark', { name: box.name })}
          </Text>
        )}
        {isLayer(box) && (
          <LayerFields
            box={box}
            words={props.words}
            pictures={props.choices}
            onLook={props.onLook}
            onText={props.onText}
          />
        )}
        {isText && file.lock !== undefined && <PartnerSwitch isOpen={box.kind === 'text'} onOpen={props.onOpen} />}
        {!isLayer(box) && !(file.unit === 'px' && box.kind === 'logo') && !box.hasMark && (
          <BlurTextInput
            label={t('boxes.name')}
            value={box.name}
            fixedBecause={props.isPublished ? t('boxes.publishedName') : undefined}
            onWrite={onRename}
          />
        )}
        <Position {...props} />
        <LookFields {...props} />
        {file.reorder !== undefined && isLayer(box) && box.kind !== 'copy' && (
          <OrderButtons canMove={(step) => file.reorder?.(box, step) !== null} onMove={props.onReorder} />
        )}
        {rule !== undefined && (
          <Stack gap={6} component="fieldset" m={0} p={0} style={{ border: 0 }} aria-label={t('boxes.limits')}>
            <Text size="sm" c="dimmed">
              {t('boxes.limitsOf', { slot: rule.label })}
            </Text>
            <SlotLabel rule={rule} onWrite={onWord} />
            <LimitFields rule={rule} onWrite={onLimits} />
          </Stack>
        )}
        <BoxActions box={box} onDraw={onDraw} onRemove={onRemove} />
      </Stack>
    </Paper>
  );
}

/** Draws the box again, or removes what was written about it. */
function BoxActions({ box, onDraw, onRemove }: Pick<BoxFormProps, 'box' | 'onDraw' | 'onRemove'>) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt="xs">
      {box.kind !== 'drawing' && (
        <Button size="xs" variant="default" leftSection={<IconPencil size={14} aria-hidden />} onClick={onDraw}>
          {t('boxes.drawAnew')}
        </Button>
      )}
      {box.origin === 'written' && (
        <Button
          size="xs"
          variant="light"
          color={box.hasMark ? 'gray' : 'red'}
          leftSection={box.hasMark ? <IconArrowBackUp size={14} aria-hidden /> : <IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          {t(box.hasMark ? 'boxes.backToMark' : 'boxes.remove')}
        </Button>
      )}
    </Group>
  );
}

function Position({ box: { rect, page }, file: { unit }, pages, onPlace }: BoxFormProps) {
  const { t } = useTranslation();
  if (rect === null) return null;
  const number = (field: keyof Rect) => (
    <NumberField
      key={field}
      label={field === 'y' ? t(unit === 'pt' ? 'boxes.fromBelow' : 'boxes.fromAbove') : t(`boxes.${field}`)}
      unit={unit}
      decimals={2}
      min={field === 'width' || field === 'height' ? 4 : -14_400}
      max={14_400}
      value={Math.round(rect[field] * 100) / 100}
      onChange={(value) =>
        typeof value === 'number' && value !== rect[field] && onPlace(page, { ...rect, [field]: value })
      }
    />
  );
  return (
    <>
      {pages > 1 && (
        <NativeSelect
          label={t('boxes.page')}
          value={String(page)}
          data={Array.from({ length: pages }, (_, at) => String(at + 1))}
          onChange={(event) => onPlace(Number(event.currentTarget.value), rect)}
        />
      )}
      <SimpleGrid cols={2} spacing="sm">
        {(['x', 'y', 'width', 'height'] as const).map(number)}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t(unit === 'pt' ? 'boxes.fromLowerLeft' : 'boxes.fromUpperLeft')}
      </Text>
    </>
  );
}

function LookFields({ box: { kind, look }, file: { unit }, links, slots, onLook }: BoxFormProps) {
  const { t } = useTranslation();
  if (kind === 'logo')
    return (
      <NativeSelect
        label={t('boxes.surface')}
        value={look.surface ?? 'light'}
        data={SURFACES.map((value) => ({ value, label: t(`boxes.surfaces.${value}`) }))}
        onChange={(event) => onLook({ surface: event.currentTarget.value })}
      />
    );
  if (kind === 'qr' || kind === 'link')
    return (
      <NativeSelect
        label={t('boxes.leadsTo')}
        value={look.link ?? ''}
        data={[...new Set([...links, look.link ?? ''])]}
        onChange={(event) => onLook({ link: event.currentTarget.value })}
      />
    );
  if (kind === 'picture' || kind === 'shape' || kind === 'drawing') return null;
  const isSized = kind === 'text' || kind === 'copy' || kind === 'line';
  return (
    <>
      {kind === 'text' && unit === 'pt' && (
        <NativeSelect
          label={t('boxes.slot')}
          value={look.slot ?? ''}
          data={[...new Set([...slots, look.slot ?? ''])]}
          onChange={(event) => onLook({ slot: event.currentTarget.value })}
        />
      )}
      {isSized && <Sizes kind={kind} look={look} unit={unit} onLook={onLook} />}
      <ColourAndAlign look={look} onLook={onLook} />
    </>
  );
}

interface ColourAndAlignProps extends Pick<BoxFormProps, 'onLook'> {
  readonly look: BoxFormProps['box']['look'];
}

function ColourAndAlign({ look, onLook }: ColourAndAlignProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2} spacing="sm">
      <ColorInput
        label={t('boxes.colour')}
        format="hex"
        value={look.color ?? '#1f2937'}
        eyeDropperButtonProps={{ 'aria-label': t('boxes.pick') }}
        onChangeEnd={(color) => onLook({ color: color.toLowerCase() })}
        onBlur={({ currentTarget: { value } }) => {
          const color = value.toLowerCase();
          if (/^#[0-9a-f]{6}$/.test(color) && color !== look.color) onLook({ color });
        }}
      />
      <NativeSelect
        label={t('boxes.align')}
        value={look.align ?? 'start'}
        data={ALIGNS.map((value) => ({ value, label: t(`boxes.aligns.${value}`) }))}
        onChange={(event) => onLook({ align: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

interface SizesProps extends Pick<BoxFile, 'unit'>, Pick<BoxFormProps, 'onLook'> {
  readonly kind: SlotBox['kind'];
  readonly look: BoxLook;
}

function Sizes({ kind, look, unit, onLook }: SizesProps) {
  const { t } = useTranslation();
  const number = (field: 'size' | 'minSize' | 'max', [least, most]: readonly [number, number], otherwise: number) => (
    <NumberField
      label={t(`boxes.${field}`)}
      {...(field === 'max' ? {} : { unit })}
      min={least}
      max={most}
      value={look[field] ?? otherwise}
      onChange={(value) => typeof value === 'number' && value >= least && value <= most && onLook({ [field]: value })}
    />
  );
  const range = unit === 'pt' ? ([4, 144] as const) : ([8, 400] as const);
  const size = look.size ?? (unit === 'pt' ? 11 : 48);
  return (
    <SimpleGrid cols={2} spacing="sm">
      {number('size', range, size)}
      {kind !== 'line' && number('minSize', [range[0], size], unit === 'pt' ? 8 : Math.max(8, Math.round(size * 0.4)))}
      {kind === 'text' && unit === 'px' && number('max', [1, 2000], 80)}
      {unit === 'px' && (
        <NativeSelect
          label={t('boxes.weight')}
          value={look.weight === 'bold' ? 'bold' : 'regular'}
          data={WEIGHTS.map((value) => ({ value, label: t(`boxes.weights.${value}`) }))}
          onChange={(event) => onLook({ weight: event.currentTarget.value })}
        />
      )}
    </SimpleGrid>
  );
}
