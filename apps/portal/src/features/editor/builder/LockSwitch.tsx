import { Checkbox, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { isLocked, type SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../shared/NumberField';
import { readAttribute, withAttributes, withText } from './acts';
import { textHolder } from './email-copy';
import { isOpened, labelKeyOf, locked, unlocked, unlockFault } from './lock-acts';
import type { Builder } from './use-builder';

interface LockSwitchProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** Whether partners may edit a text or the label of a button, and within which limits. */
export function LockSwitch({ builder, block }: LockSwitchProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const isOpen = isOpened(source, block);
  if (isOpen === null) return null;
  const fault = isOpen ? null : unlockFault(template, block);
  return (
    <Stack gap={4} role="group" aria-label={t('builder.lock')}>
      <Text size="sm" fw={500}>
        {t('builder.lock')}
      </Text>
      <SegmentedControl
        aria-label={t('builder.lock')}
        value={isOpen ? 'open' : 'locked'}
        disabled={fault !== null}
        data={[
          { value: 'locked', label: t('builder.locked') },
          { value: 'open', label: t('builder.unlocked') },
        ]}
        onChange={(value) => perform(value === 'open' ? unlocked(template, block) : locked(template, block))}
      />
      <Text size="xs" c="dimmed">
        {t(fault === null ? (isOpen ? 'builder.unlockedWhy' : 'builder.lockedWhy') : `builder.lockFault.${fault}`)}
      </Text>
      {isOpen && <SlotFields builder={builder} block={textHolder(block)} />}
    </Stack>
  );
}

function SlotFields({ builder, block }: LockSwitchProps) {
  const { t } = useTranslation();
  const { template, perform } = builder;
  const isButton = block.name === 'tc-button';
  const hasOwnLink = readAttribute(template, block, 'links') === 'partner';
  const write = (name: string, value: string): void =>
    perform((now, at) => withAttributes(now, textHolder(at), { [name]: value }));
  const limit = (name: string, usual: number): number => Number(readAttribute(template, block, name) ?? usual);
  return (
    <>
      <SlotLabel builder={builder} block={block} />
      <NumberField
        label={t('slotRules.maxChars')}
        min={1}
        max={2000}
        value={limit('max-chars', isButton ? 40 : 280)}
        onChange={(value) => typeof value === 'number' && write('max-chars', `${value}`)}
      />
      {!isButton && (
        <NumberField
          label={t('slotRules.maxLines')}
          min={1}
          max={40}
          value={limit('max-lines', 6)}
          onChange={(value) => typeof value === 'number' && write('max-lines', `${value}`)}
        />
      )}
      <Checkbox
        label={t('slotRules.required')}
        checked={readAttribute(template, block, 'required') === 'true'}
        onChange={(event) => write('required', `${event.currentTarget.checked}`)}
      />
      {isButton && (hasOwnLink || !isLocked(block)) && (
        <Checkbox
          label={t('builder.ownLink')}
          description={t('builder.ownLinkWhy')}
          checked={hasOwnLink}
          onChange={(event) => write('links', event.currentTarget.checked ? 'partner' : 'none')}
        />
      )}
    </>
  );
}

/** What partners read at a field, choice or variant, in the shown language. */
export function SlotLabel({ builder, block, kind = 'slot' }: LockSwitchProps & { readonly kind?: 'slot' | 'variant' }) {
  const { t } = useTranslation();
  const { template, perform } = builder;
  const label = readAttribute(template, block, 'label') ?? '';
  const key = labelKeyOf(template, block);
  return (
    <TextInput
      key={`${template.locale} ${label}`}
      label={t(kind === 'slot' ? 'builder.slotLabel' : 'builder.variantLabel')}
      defaultValue={label}
      onBlur={({ currentTarget: { value } }) => {
        if (value === label || value.trim() === '') return;
        if (key === null) perform(withAttributes(template, block, { label: value }));
        else perform(withText(template, block, { kind: 'copy', key }, value));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
