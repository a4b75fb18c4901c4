import { Button, Group, Paper, Radio, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { localised } from '../../shared/localised';
import { PictureChoice, useLimitsOf } from '../../shared/pictures/PictureChoice';
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
export function firstLines(slots: readonly OpenSlot[]): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const { name, format, suggestion, vendorText, alt } of slots) {
    lines[name] = format === 'picture' ? '' : linesOf(suggestion ?? vendorText);
    if (alt !== null) lines[alt.name] = linesOf(alt.value);
  }
  return lines;
}

/** The values of the newer version. What is as suggested keeps its formatting. */
export function answersOf(slots: readonly OpenSlot[], lines: Readonly<Record<string, string>>): AnswerUpdate {
  const answers: AnswerUpdate['answers'] = {};
  for (const slot of slots) {
    const { name, suggestion, vendorText, alt } = slot;
    const written = lines[name] ?? '';
    const same = [suggestion, vendorText].find((nodes) => nodes !== null && linesOf(nodes) === written);
    answers[name] = same ?? nodesOf(slot, written);
    if (alt !== null && written !== '') answers[alt.name] = nodesOf(slot, lines[alt.name] ?? '');
  }
  return { answers };
}

interface OpenSlotProps {
  readonly slot: OpenSlot;
  /** Of the campaign. */
  readonly locale: string;
  readonly value: string;
  readonly onValue: (lines: string) => void;
  /** What the partner's picture shows, in words. */
  readonly alt: string;
  readonly onAlt: (line: string) => void;
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
        <NewPicture {...props} />
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
          ...(value.trim() === '' && !slot.required ? [t('update.leftEmpty')] : []),
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

/** Another cut or picture of the partner, or the vendor's. */
function NewPicture({ slot: { picture, alt: place }, locale, value, onValue, alt, onAlt }: OpenSlotProps) {
  const { t } = useTranslation();
  const limitsOf = useLimitsOf();
  return (
    <>
      {picture !== null && (
        <Text size="sm" c="dimmed">
          {limitsOf(picture)}
        </Text>
      )}
      <PictureChoice place={picture} own={value} suggested={null} onName={onValue} />
      {value !== '' && place !== null && (
        <TextInput
          label={t('slots.picture.alt')}
          lang={locale}
          description={t('slots.picture.altHelp')}
          maxLength={place.maxChars}
          value={alt}
          onChange={(event) => onAlt(event.currentTarget.value)}
          error={alt.trim() === '' ? t('slots.picture.noAlt') : null}
        />
      )}
    </>
  );
}
