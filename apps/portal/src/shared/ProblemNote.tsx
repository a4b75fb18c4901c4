import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api';
import { useGateSentence } from './gate-sentence';
import { useSentence } from './sentence';

interface ProblemNoteProps {
  readonly error: unknown;
  /** Asks once more, where asking again may help. */
  readonly again?: { readonly ask: () => unknown; readonly isAsking: boolean } | undefined;
}

/** Why something was refused, with every single mistake; nothing while there is no error. */
export function ProblemNote({ error, again }: ProblemNoteProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const gate = useGateSentence();
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error.problem : null;
  const entries = problem?.problems ?? [];
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={t('problem.title')} role="alert">
      <Text size="sm">
        {problem === null
          ? t('problem.unexpected')
          : sentence('problems', kindOf(problem.code), problem.detail, problem.details)}
      </Text>
      {entries.length > 0 && (
        <List size="sm" mt="xs" spacing={4}>
          {entries.slice(0, 50).map((entry, at) => (
            <List.Item key={at}>
              {entry.file !== undefined && (
                <Text span ff="monospace" size="xs">
                  {[entry.file, entry.line, entry.column].filter((part) => part != null).join(':')}{' '}
                </Text>
              )}
              {gate(entry)}
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

/** Whatever is not found, is not found alike. */
const kindOf = (code: string): string =>
  code !== 'sending-domain.not-found' && code.endsWith('.not-found') ? 'not-found' : code;
