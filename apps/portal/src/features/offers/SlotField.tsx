import { Button, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import type { SlotTexts } from './slot-texts';
import { faultOf, lengthOf, linesOf, type Slot } from './slots';

interface SlotFieldProps {
  readonly slot: Slot;
  readonly words: SlotTexts;
}

/** Text of one slot, with its limits and a reset to the suggested text. */
export function SlotField({ slot, words }: SlotFieldProps) {
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
          : fault.kind === 'required'
            ? t('slots.required')
            : t(`slots.${fault.kind}`, { count: fault.count })
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
