import { Button, Group, Radio, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import { PictureField } from './PictureField';
import type { SlotTexts } from './slot-texts';
import { useOptionLabel } from './slot-words';
import { linesOf } from '../../shared/slot-nodes';
import { faultOf, lengthOf, type Slot } from './slots';

interface SlotFieldProps {
  readonly slot: Slot;
  readonly words: SlotTexts;
}

/** A partner's text, choice, link or picture for one slot. */
export function SlotField({ slot, words }: SlotFieldProps) {
  if (slot.format === 'choice') return <ChoiceField slot={slot} words={words} />;
  if (slot.format === 'link') return <LinkField slot={slot} words={words} />;
  if (slot.format === 'picture') return <PictureField slot={slot} words={words} />;
  return <TextField slot={slot} words={words} />;
}

/** One of the vendor's variants, or whether a block is shown. */
function ChoiceField({ slot, words }: SlotFieldProps) {
  const { i18n } = useTranslation();
  const help = localised(slot.help, i18n.language);
  const labelOf = useOptionLabel();
  return (
    <Radio.Group
      label={localised(slot.labels, i18n.language)}
      description={help === '' ? undefined : help}
      value={words.linesIn(slot)}
      readOnly={!words.isLoaded}
      onChange={(value) => words.write(slot, value)}
    >
      <Group mt="xs" gap="lg">
        {slot.options.map((option) => (
          <Radio key={option.name} value={option.name} label={labelOf(option)} />
        ))}
      </Group>
    </Radio.Group>
  );
}

/** The partner's own address of a button; without one, the vendor's link stays. */
function LinkField({ slot, words }: SlotFieldProps) {
  const { t, i18n } = useTranslation();
  const fault = faultOf(slot, words.linesIn(slot));
  return (
    <TextInput
      type="url"
      label={t('slots.linkOf', { label: localised(slot.labels, i18n.language) })}
      description={t('slots.linkHelp')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder="https://"
      value={words.linesIn(slot)}
      readOnly={!words.isLoaded}
      onChange={(event) => words.write(slot, event.currentTarget.value.trim())}
      error={fault === null ? null : t(fault.kind === 'noLink' ? 'slots.noLink' : 'slots.required')}
    />
  );
}

/** Text of one slot, with its limits and a reset to the suggested text. */
function TextField({ slot, words }: SlotFieldProps) {
  const { t, i18n } = useTranslation();
  const lines = words.linesIn(slot);
  const fault = faultOf(slot, lines);
  const mine = words.takenBack(slot);
  const label = localised(slot.labels, i18n.language);
  const help = localised(slot.help, i18n.language);
  const count = t('slots.count', { count: slot.maxChars, length: lengthOf(slot, lines) });
  return (
    <Textarea
      label={label}
      lang={words.locale}
      description={help === '' ? count : `${help} ${count}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={Math.min(3, slot.maxLines)}
      maxRows={8}
      value={lines}
      readOnly={!words.isLoaded}
      onChange={(event) => words.write(slot, event.currentTarget.value)}
      error={
        fault === null
          ? null
          : 'count' in fault
            ? t(`slots.${fault.kind}`, { count: fault.count })
            : t(`slots.${fault.kind}`)
      }
      rightSection={
        lines !== linesOf(slot.default) ? (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => words.takeBack(slot)}
            aria-label={t('slots.undoOne', { label })}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </Button>
        ) : mine === undefined ? null : (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => words.write(slot, mine)}
            aria-label={t('slots.redoOne', { label })}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </Button>
        )
      }
    />
  );
}
