import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../shared/localised';
import { faultOf, lengthOf, linesOf, type Slot } from './slots';

interface SlotEditorProps {
  readonly slots: readonly Slot[];
  /** What the words are written in: a browser checks their spelling by it. */
  readonly locale: string;
  readonly written: Readonly<Record<string, string>>;
  readonly onWrite: (name: string, lines: string) => void;
}

/** The words that are the partner's to write; everything else is locked and says so. */
export function SlotEditor({ slots, locale, written, onWrite }: SlotEditorProps) {
  const { t, i18n } = useTranslation();
  // Own words that gave way to the suggested ones: whoever sees how those look may want theirs again.
  const [takenBack, setTakenBack] = useState<Readonly<Record<string, string>>>({});
  const isWritten = slots.some((slot) => (written[slot.name] ?? linesOf(slot.default)) !== linesOf(slot.default));
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('slots.title')}
        </Title>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconLock size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <Text size="sm" c="dimmed">
            {t('slots.locked')}
          </Text>
        </Group>
        {slots.map((slot) => {
          const suggested = linesOf(slot.default);
          const lines = written[slot.name] ?? suggested;
          const fault = faultOf(slot, lines);
          const mine = takenBack[slot.name];
          const label = localised(slot.labels, i18n.language);
          const help = localised(slot.help, i18n.language);
          const count = t('slots.count', { count: slot.maxChars, length: lengthOf(slot, lines) });
          return (
            <Textarea
              key={slot.name}
              label={label}
              lang={locale}
              description={help === '' ? count : `${help} ${count}`}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autosize
              minRows={Math.min(3, slot.maxLines)}
              maxRows={8}
              value={lines}
              onChange={(event) => onWrite(slot.name, event.currentTarget.value)}
              error={
                fault === null
                  ? null
                  : fault.kind === 'required'
                    ? t('slots.required')
                    : t(`slots.${fault.kind}`, { count: fault.count })
              }
              rightSection={
                lines !== suggested ? (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    onClick={() => {
                      setTakenBack((before) => ({ ...before, [slot.name]: lines }));
                      onWrite(slot.name, suggested);
                    }}
                    aria-label={t('slots.undoOne', { label })}
                  >
                    <IconArrowBackUp size={16} aria-hidden />
                  </Button>
                ) : mine === undefined ? null : (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    onClick={() => onWrite(slot.name, mine)}
                    aria-label={t('slots.redoOne', { label })}
                  >
                    <IconArrowForwardUp size={16} aria-hidden />
                  </Button>
                )
              }
            />
          );
        })}
        {isWritten && (
          <Text size="sm" c="dimmed">
            {t('slots.kept')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
