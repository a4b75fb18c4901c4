import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { localised } from '../../shared/localised';

export type OpenSlot = NonNullable<ActivationUpdateView['update']>['openSlots'][number];
type Nodes = OpenSlot['vendorText'];

const linesOf = (nodes: Nodes | null): string =>
  (nodes?.blocks ?? []).map((runs) => runs.map(({ text }) => text).join('')).join('\n');

const nodesOf = ({ vendorText }: OpenSlot, lines: string): Nodes => ({
  kind: vendorText.kind,
  blocks: lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((text) => [{ text }]),
});

/** What each field begins with: the suggestion, or else the vendor's text. */
export const firstLines = (slots: readonly OpenSlot[]): Record<string, string> =>
  Object.fromEntries(slots.map(({ name, suggestion, vendorText }) => [name, linesOf(suggestion ?? vendorText)]));

/** The values of the newer version. What is as suggested keeps its formatting. */
export const answersOf = (slots: readonly OpenSlot[], lines: Readonly<Record<string, string>>): AnswerUpdate => ({
  answers: Object.fromEntries(
    slots.map((slot) => {
      const written = lines[slot.name] ?? '';
      const same = [slot.suggestion, slot.vendorText].find((nodes) => nodes !== null && linesOf(nodes) === written);
      return [slot.name, same ?? nodesOf(slot, written)];
    }),
  ),
});

interface OpenSlotProps {
  readonly slot: OpenSlot;
  /** Of the campaign. */
  readonly locale: string;
  readonly value: string;
  readonly onValue: (lines: string) => void;
}

/** A slot on which the partner must decide: its value now, why it does not fit, and the new one. */
export function OpenSlotField({ slot, locale, value, onValue }: OpenSlotProps) {
  const { t, i18n } = useTranslation();
  const label = localised(slot.label, i18n.language) || slot.name;
  const now = linesOf(slot.value);
  return (
    <Stack gap={4}>
      {slot.value === null ? (
        <Text size="sm">{t('update.newSlot', { label })}</Text>
      ) : (
        <Text size="sm">
          {t('update.now', { label })}{' '}
          <span lang={locale} dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
            {now}
          </span>
        </Text>
      )}
      {slot.format === 'choice' ? (
        <Radio.Group label={label} value={value} onChange={onValue}>
          <Group mt="xs" gap="lg">
            {slot.options.map((option) => (
              <Radio
                key={option.name}
                value={option.name}
                label={localised(option.label, i18n.language) || option.name}
              />
            ))}
          </Group>
        </Radio.Group>
      ) : slot.format === 'picture' ? (
        <Text size="sm">{t('update.picture', { label })}</Text>
      ) : (
        <Textarea
          label={label}
          lang={locale}
          description={t('update.limits', { count: slot.maxChars, length: [...value].length, lines: slot.maxLines })}
          error={
            [...value].length > slot.maxChars ? t('update.tooLong', { count: [...value].length - slot.maxChars }) : null
          }
          autosize
          maxRows={8}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      )}
      {slot.format !== 'choice' && value !== linesOf(slot.vendorText) && (
        <div>
          <Button variant="subtle" size="compact-xs" onClick={() => onValue(linesOf(slot.vendorText))}>
            {t('update.takeVendorText')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
