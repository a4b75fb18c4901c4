import { Button, Group, Paper, Radio, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { localised } from '../../shared/localised';
import { PictureChoice, useLimitsOf } from '../../shared/pictures/PictureChoice';
import { linesOf, retyped, tidied } from '../../shared/slot-nodes';
import { useTranslateCode } from '../../shared/translate-code';

export type OpenSlot = NonNullable<ActivationUpdateView['update']>['openSlots'][number];
type Nodes = OpenSlot['vendorText'];

const EMPTY: Nodes = { kind: 'paragraphs', blocks: [] };

/** A word without styles: an option, a picture, or what a picture shows. */
export const wordNodes = (word: string): Nodes => ({
  kind: 'paragraphs',
  blocks: word === '' ? [] : [[{ text: word }]],
});

/** What each field begins with: the suggestion, or else the vendor's text. */
export function firstValues(slots: readonly OpenSlot[]): Record<string, Nodes> {
  const values: Record<string, Nodes> = {};
  for (const { name, format, suggestion, vendorText, alt } of slots) {
    values[name] = format === 'picture' ? EMPTY : (suggestion ?? vendorText);
    if (alt !== null) values[alt.name] = alt.value ?? EMPTY;
  }
  return values;
}

/** The values of the newer version. */
export function answersOf(slots: readonly OpenSlot[], values: Readonly<Record<string, Nodes>>): AnswerUpdate {
  const answers: AnswerUpdate['answers'] = {};
  for (const { name, format, suggestion, vendorText, alt } of slots) {
    const value = values[name] ?? EMPTY;
    // The vendor's picture: an empty value.
    const isTaken = value === suggestion || value === vendorText || format === 'picture';
    answers[name] = isTaken ? value : tidied(value);
    if (alt !== null && linesOf(value) !== '') answers[alt.name] = tidied(values[alt.name] ?? EMPTY);
  }
  return { answers };
}

interface OpenSlotProps {
  readonly slot: OpenSlot;
  /** Of the campaign. */
  readonly locale: string;
  readonly value: Nodes;
  readonly onValue: (value: Nodes) => void;
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
  const now = linesOf(slot.value ?? EMPTY);
  if (now === '') return null;
  const lines = linesOf(value);
  const kept = lines !== '' && now.startsWith(lines) ? lines : now;
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

/** Whether words are bold or italic, or lead to an address. */
const hasStyles = ({ blocks }: Nodes): boolean =>
  blocks.flat().some(({ bold, italic, href }) => bold === true || italic === true || href !== undefined);

function NewText({ slot, locale, value, onValue }: OpenSlotProps) {
  const { t } = useTranslation();
  const { suggestion, vendorText, maxChars, maxLines } = slot;
  const lines = linesOf(value);
  const length = [...linesOf(tidied(value))].length;
  const choices = [
    { key: 'takeSuggestion', nodes: suggestion ?? value },
    { key: 'takeVendorText', nodes: vendorText },
  ] as const;
  return (
    <div>
      <Textarea
        label={t('update.newText')}
        lang={locale}
        description={[
          t('update.limit', { count: maxChars, length }),
          ...(maxLines > 1 ? [t('update.lines', { count: maxLines })] : []),
          ...(suggestion !== null && lines === linesOf(suggestion) ? [t('update.suggested')] : []),
          ...(lines.trim() === '' && !slot.required ? [t('update.leftEmpty')] : []),
          ...(hasStyles(value) ? [t('update.keepsStyles')] : []),
        ].join(' · ')}
        error={length > maxChars ? t('update.tooLong', { count: length - maxChars }) : null}
        autosize
        maxRows={8}
        value={lines}
        onChange={(event) => onValue(retyped(value, event.currentTarget.value))}
      />
      <Group gap="xs" mt={4}>
        {choices
          .filter(({ nodes }) => linesOf(nodes) !== lines)
          .map(({ key, nodes }) => (
            <Button key={key} variant="subtle" size="compact-xs" onClick={() => onValue(nodes)}>
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
    <Radio.Group label={t('update.choose')} value={linesOf(value)} onChange={(name) => onValue(wordNodes(name))}>
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
      <PictureChoice
        place={picture}
        own={linesOf(value)}
        suggested={null}
        onName={(name) => onValue(wordNodes(name))}
      />
      {linesOf(value) !== '' && place !== null && (
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
