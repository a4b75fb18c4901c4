import { Popover, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import type { SlotTexts } from './slot-texts';
import { SlotField } from './SlotField';

interface SlotButtonProps {
  /** CSS pixels, or percentages of the parent. */
  readonly place: Readonly<Record<'left' | 'top' | 'width' | 'height', number | string>> & { readonly name: string };
  readonly words: SlotTexts;
}

/** A slot on a preview: a button that opens its text. */
export function SlotButton({ place: { name, ...where }, words }: SlotButtonProps) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  // The names come from a document of the vendor.
  // One that is no slot renders nothing.
  const slot = words.places.find((one) => one.name === name);
  if (slot === undefined) return null;
  const label = t('slots.writeHere', { label: localised(slot.labels, i18n.language) });
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width="min(400px, 92vw)"
      position="bottom-start"
      shadow="md"
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className="preview-slot"
          aria-label={label}
          title={label}
          style={where}
          onClick={() => setOpen(!isOpen)}
        >
          <IconPencil size={16} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <SlotField slot={slot} words={words} />
      </Popover.Dropdown>
    </Popover>
  );
}
