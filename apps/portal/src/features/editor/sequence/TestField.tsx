import { Button, MultiSelect, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Texts } from '../builder/email-copy';
import { PowerCalculator } from './PowerCalculator';
import { useNamedOptions } from './sequence-names';
import type { StepChange, WrittenStep } from './steps';
import { MOST_ALTERNATIVES, withAnotherSubject } from './subject-test';

interface TestFieldProps {
  readonly steps: readonly WrittenStep[];
  readonly at: number;
  /** Keys of all e-mails. */
  readonly emails: readonly string[];
  /** The number of languages: each has numbers of its own. */
  readonly locales: number;
  readonly texts: Texts;
  readonly onChange: (change: StepChange) => void;
  /** Writes the files of a new e-mail, and opens it. */
  readonly onMake: (made: Texts, key: string) => void;
}

/** The e-mails that a step tests against its own. Another subject is an e-mail of the same template. */
export function TestField({ steps, at, emails, locales, texts, onChange, onMake }: TestFieldProps) {
  const { t } = useTranslation();
  const step = steps[at];
  const test = step?.test ?? [];
  const sentByOthers = new Set(steps.flatMap((one, place) => (place === at ? [] : [one.email, ...(one.test ?? [])])));
  const free = emails.filter((key) => key !== step?.email && !sentByOthers.has(key));
  const options = useNamedOptions('emails', [...new Set([...free, ...test])]);
  if (step?.kind !== 'email' || step.testTimes !== undefined) return null;
  const addSubject = (): void => {
    const another = withAnotherSubject(texts, at);
    if (another !== null) onMake(another.made, another.key);
  };
  return (
    <Stack gap="xs">
      <MultiSelect
        label={t('experiments.testAgainst')}
        description={t('experiments.testAgainstWhy')}
        data={options}
        value={[...test]}
        maxValues={MOST_ALTERNATIVES}
        clearable
        clearButtonProps={{ 'aria-label': t('experiments.clearTest') }}
        onChange={(keys) => onChange({ test: keys.length === 0 ? null : keys })}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        disabled={test.length >= MOST_ALTERNATIVES}
        onClick={addSubject}
      >
        {t('experiments.addSubject')}
      </Button>
      {test.length > 0 && (
        <>
          <Text size="sm">{t('experiments.testIs', { count: test.length + 1 })}</Text>
          <PowerCalculator of="clicks" arms={test.length + 1} variants={locales} />
        </>
      )}
    </Stack>
  );
}
