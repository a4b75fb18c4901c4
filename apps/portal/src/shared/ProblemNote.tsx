import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#contracts';
import { ApiProblem } from './api';
import { useGateSentence } from './gate-sentence';
import { type Said, useSentence } from './sentence';

type ProblemEntry = NonNullable<Problem['problems']>[number];

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
              {sentence(aboutOf(problem?.code), keyOf(entry), gate(entry), { what: entry.field, ...entry.named })}
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

/** What somebody filled in and what a package holds can be wrong under one code. */
function aboutOf(code: string | undefined): Said {
  if (code === 'brand.incomplete') return 'missing';
  return FILLED_IN.has(code ?? '') ? 'values' : 'problems';
}

const FILLED_IN: ReadonlySet<string> = new Set(['brand.unusable', 'brand-profile.invalid', 'contact.invalid']);

/** What a brand profile lacks goes by its field. */
const keyOf = ({ code, field }: ProblemEntry): string => (code === 'brand.missing' ? (field ?? code) : code);

/** Whatever is not found, is not found alike. */
const kindOf = (code: string): string =>
  code !== 'sending-domain.not-found' && code.endsWith('.not-found') ? 'not-found' : code;
