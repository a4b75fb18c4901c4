import { Popover, UnstyledButton } from '@mantine/core';
import { IconPencil, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import { pictureFieldId } from './PictureField';
import type { SlotTexts } from './slot-texts';
import { SlotField } from './SlotField';

interface SlotButtonProps {
  /** CSS pixels, or percentages of the parent. */
  readonly place: Readonly<Record<'left' | 'top' | 'width' | 'height', number | string>> & { readonly name: string };
  readonly words: SlotTexts;
}

/** A picture has dialogs of its own, so its field is not shown in a popover. */
function showField(id: string): void {
  const field = document.getElementById(id);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/** A slot on a preview: a button that opens its text, or leads to its field. */
export function SlotButton({ place: { name, ...where }, words }: SlotButtonProps) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  // The names come from a document of the vendor.
  // One that is no slot renders nothing.
  const slot = words.places.find((one) => one.name === name);
  if (slot === undefined) return null;
  const label = t('slots.writeHere', { label: localised(slot.labels, i18n.language) });
  if (slot.format === 'picture')
    return (
      <UnstyledButton
        className="preview-slot"
        aria-label={label}
        title={label}
        style={where}
        onClick={() => showField(pictureFieldId(name))}
      >
        <IconPhoto size={16} aria-hidden />
      </UnstyledButton>
    );
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
