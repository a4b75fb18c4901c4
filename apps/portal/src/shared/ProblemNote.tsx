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
  /** Asks once more, where asking again may help. */
  readonly again?: { readonly ask: () => unknown; readonly isAsking: boolean } | undefined;
}

/** Why something was refused, with every single mistake; nothing while there is no error. */
export function ProblemNote({ error, again }: ProblemNoteProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const problemText = useProblemText();
  const gateText = useGateText();
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error.problem : null;
  const entries = problem?.problems ?? [];
  const inWords = (entry: ProblemEntry): string => {
    const named = { what: entry.field, ...entry.named };
    const said = translateCode('problems', entry.code, gateText(entry), named);
    if (problem?.code === 'brand.incomplete') return translateCode('missing', keyOf(entry), said, named);
    // What somebody filled in and what a package holds can be wrong under one code.
    if (entry.file !== undefined) return said;
    const value = translateCode('values', entry.code, said, named);
    // Beside a field it is known which one is meant; in a list it is not.
    return entry.code.startsWith('field.') && entry.field ? `${entry.field}: ${value}` : value;
  };
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={t('problem.title')} role="alert">
      <Text size="sm">{problem === null ? t('problem.unexpected') : problemText(problem)}</Text>
      {entries.length > 0 && (
        <List size="sm" mt="xs" spacing={4}>
          {entries.slice(0, 50).map((entry, at) => (
            <List.Item key={at}>
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

/** What a brand profile lacks goes by its field. */
const keyOf = ({ code, field }: ProblemEntry): string => (code === 'brand.missing' ? (field ?? code) : code);
