import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#contracts';
import { ApiProblem } from './api';
import { useGateText } from './gate-text';
import { useProblemText } from './problem-text';
import { useTranslateCode } from './translate-code';

type ProblemEntry = NonNullable<Problem['problems']>[number];

interface ProblemNoteProps {
  readonly error: unknown;
  /** Retry, if it can help. */
  readonly again?: { readonly ask: () => unknown; readonly isAsking: boolean } | undefined;
}

/**
 * Shows an error with all of its details.
 * Nothing without an error.
 */
export function ProblemNote({ error, again }: ProblemNoteProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const problemText = useProblemText();
  const gateText = useGateText();
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error.problem : null;
  const entries = problem?.problems ?? [];
  // With mistakes among them, suggestions would look like mistakes.
  const isMixed = new Set(entries.map(({ severity }) => severity)).size > 1;
  const inWords = (entry: ProblemEntry): string => {
    const named = { what: entry.field, ...entry.named };
    const said = translateCode('problems', entry.code, gateText(entry), named);
    if (problem?.code === 'brand.incomplete') return translateCode('missing', keyOf(entry), said, named);
    // One code can apply to form fields and to package files.
    if (entry.file !== undefined) return said;
    const value = translateCode('values', entry.code, said, named);
    // Unlike at a field, a list has to name the field.
    return entry.code.startsWith('field.') && entry.field ? `${entry.field}: ${value}` : value;
  };
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={t('problem.title')} role="alert">
      <Text size="sm">{problem === null ? t('problem.unexpected') : problemText(problem)}</Text>
      {entries.length > 0 && (
        <List size="sm" mt="xs" spacing={4}>
          {entries.slice(0, 50).map((entry, at) => (
            <List.Item key={at}>
              {isMixed && entry.severity !== undefined && (
                <Text span fw={600} size="sm">
                  {t(`editor.${entry.severity}`)}{' '}
                </Text>
              )}
              {entry.file !== undefined && (
                <Text span ff="monospace" size="xs">
                  {[entry.file, entry.line, entry.column].filter((part) => part != null).join(':')}{' '}
                </Text>
              )}
              {inWords(entry)}
            </List.Item>
          ))}
        </List>
      )}
      {again !== undefined && (
        <Button variant="default" size="xs" mt="sm" loading={again.isAsking} onClick={() => void again.ask()}>
          {t('common.again')}
        </Button>
      )}
    </Alert>
  );
}

/** Missing fields of a brand profile are translated by field. */
const keyOf = ({ code, field }: ProblemEntry): string => (code === 'brand.missing' ? (field ?? code) : code);
