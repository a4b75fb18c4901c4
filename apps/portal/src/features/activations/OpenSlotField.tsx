import { Button, Group, Paper, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { localised } from '../../shared/localised';
import { useTranslateCode } from '../../shared/translate-code';

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

/** A slot on which the partner must decide: why, its value now, and the new one. */
export function OpenSlotField(props: OpenSlotProps) {
  const { t, i18n } = useTranslation();
  const { slot } = props;
  const label = localised(slot.label, i18n.language) || slot.name;
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <div>
        <Title order={3} size="h5">
          {label}
        </Title>
        {slot.value === null ? <Text size="sm">{t('update.newSlot')}</Text> : <Reasons slot={slot} />}
      </div>
      {slot.format === 'choice' ? (
        <Options {...props} />
      ) : slot.format === 'picture' ? (
        <Text size="sm">{t('update.picture')}</Text>
      ) : (
        <>
          <TextNow {...props} />
          <NewText {...props} />
        </>
      )}
    </Stack>
  );
}

/** Why the value of the partner does not fit the newer version. */
function Reasons({ slot: { problems } }: Pick<OpenSlotProps, 'slot'>) {
  const translateCode = useTranslateCode();
  return problems.map(({ code, message, remedy, named }) => (
    <Text key={code} size="sm">
      {translateCode('values', code, `${message} ${remedy}`, named)}
    </Text>
  ));
}

/** The partner's text as it is sent now. What the new text leaves out at its end is struck through. */
function TextNow({ slot, locale, value }: OpenSlotProps) {
  const { t } = useTranslation();
  const now = linesOf(slot.value);
  if (now === '') return null;
  const kept = value !== '' && now.startsWith(value) ? value : now;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('update.now')}
      </Text>
      <Paper withBorder px="sm" py="xs" lang={locale} dir="auto">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {kept}
          {kept !== now && <del>{now.slice(kept.length)}</del>}
        </Text>
      </Paper>
    </div>
  );
}

function NewText({ slot, locale, value, onValue }: OpenSlotProps) {
  const { t } = useTranslation();
  const { suggestion, vendorText, maxChars, maxLines } = slot;
  const length = [...value].length;
  const choices = [
    { key: 'takeSuggestion', lines: suggestion === null ? value : linesOf(suggestion) },
    { key: 'takeVendorText', lines: linesOf(vendorText) },
  ] as const;
  return (
    <div>
      <Textarea
        label={t('update.newText')}
        lang={locale}
        description={[
          t('update.limit', { count: maxChars, length }),
          ...(maxLines > 1 ? [t('update.lines', { count: maxLines })] : []),
          ...(suggestion !== null && value === linesOf(suggestion) ? [t('update.suggested')] : []),
        ].join(' · ')}
        error={length > maxChars ? t('update.tooLong', { count: length - maxChars }) : null}
        autosize
        maxRows={8}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      <Group gap="xs" mt={4}>
        {choices
          .filter(({ lines }) => lines !== value)
          .map(({ key, lines }) => (
            <Button key={key} variant="subtle" size="compact-xs" onClick={() => onValue(lines)}>
              {t(`update.${key}`)}
            </Button>
          ))}
      </Group>
    </div>
  );
}

function Options({ slot, value, onValue }: OpenSlotProps) {
  const { t, i18n } = useTranslation();
  return (
    <Radio.Group label={t('update.choose')} value={value} onChange={onValue}>
      <Group mt="xs" gap="lg">
        {slot.options.map(({ name, label }) => (
          <Radio key={name} value={name} label={localised(label, i18n.language) || name} />
        ))}
      </Group>
    </Radio.Group>
  );
}
