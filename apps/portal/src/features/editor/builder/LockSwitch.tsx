import { Checkbox, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../shared/NumberField';
import { readAttribute, withAttributes, withText } from './acts';
import { labelKeyOf, locked, unlocked, unlockFault } from './lock-acts';
import type { Builder } from './use-builder';

interface LockSwitchProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** Whether partners may edit a text, and within which limits. */
export function LockSwitch({ builder, block }: LockSwitchProps) {
  const { t } = useTranslation();
  const { email, perform } = builder;
  const isOpen = block.name === 'tc-slot';
  if (!isOpen && block.name !== 'mj-text') return null;
  const fault = isOpen ? null : unlockFault(email, block);
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
        onChange={(value) => perform(value === 'open' ? unlocked(email, block) : locked(email, block))}
      />
      <Text size="xs" c="dimmed">
        {t(fault === null ? (isOpen ? 'builder.unlockedWhy' : 'builder.lockedWhy') : `builder.lockFault.${fault}`)}
      </Text>
      {isOpen && <SlotFields builder={builder} block={block} />}
    </Stack>
  );
}

function SlotFields({ builder, block }: LockSwitchProps) {
  const { t } = useTranslation();
  const { email, perform } = builder;
  const write = (name: string, value: string): void => perform(withAttributes(email, block, { [name]: value }));
  const label = readAttribute(email, block, 'label') ?? '';
  const key = labelKeyOf(email, block);
  const limit = (name: string, usual: number): number => Number(readAttribute(email, block, name) ?? usual);
  return (
    <>
      <TextInput
        key={`${email.locale} ${label}`}
        label={t('builder.slotLabel')}
        defaultValue={label}
        onBlur={({ currentTarget: { value } }) => {
          if (value === label || value.trim() === '') return;
          if (key === null) write('label', value);
          else perform(withText(email, block, { kind: 'copy', key }, value));
        }}
      />
      <NumberField
        label={t('slotRules.maxChars')}
        min={1}
        max={2000}
        value={limit('max-chars', 280)}
        onChange={(value) => typeof value === 'number' && write('max-chars', `${value}`)}
      />
      <NumberField
        label={t('slotRules.maxLines')}
        min={1}
        max={40}
        value={limit('max-lines', 6)}
        onChange={(value) => typeof value === 'number' && write('max-lines', `${value}`)}
      />
      <Checkbox
        label={t('slotRules.required')}
        checked={readAttribute(email, block, 'required') === 'true'}
        onChange={(event) => write('required', `${event.currentTarget.checked}`)}
      />
    </>
  );
}
