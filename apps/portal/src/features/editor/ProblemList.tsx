import { Badge, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EditCheck } from '#contracts';

type Problem = EditCheck['problems'][number];

interface ProblemListProps {
  readonly problems: readonly Problem[];
  readonly onJump: (problem: Problem) => void;
}

/** The quality gates as a list in which each entry leads to its place. */
export function ProblemList({ problems, onJump }: ProblemListProps) {
  const { t } = useTranslation();
  if (problems.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('editor.noProblems')}
      </Text>
    );
  return (
    <Stack gap={6} component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {problems.map((problem, at) => (
        <li key={at}>
          <UnstyledButton onClick={() => onJump(problem)} w="100%">
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Badge size="sm" color={problem.severity === 'error' ? 'red' : 'yellow'} variant="light" miw={74}>
                {t(`editor.${problem.severity}`)}
              </Badge>
              <Text size="sm">
                <Text span ff="monospace" size="xs">
                  {[problem.file, problem.line, problem.column].filter((part) => part !== null).join(':')}
                </Text>{' '}
                {problem.message} {problem.wayOut}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}
