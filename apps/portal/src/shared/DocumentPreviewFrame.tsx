import { Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, getDocument } from './api';
import { Preview } from './Preview';
import { useProblemText } from './problem-text';

type DocumentPreviewFrameProps = Omit<ComponentProps<typeof Preview>, 'html'> & {
  /** Under `/api/v1`. */
  readonly path: string;
};

/** A document of the API in a frame, or the error in its place. */
export function DocumentPreviewFrame({ path, ...frame }: DocumentPreviewFrameProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const loaded = useQuery({ queryKey: ['document', path], queryFn: getDocument(path), staleTime: 60_000 });
  if (loaded.data !== undefined) return <Preview {...frame} html={loaded.data} />;
  if (loaded.error === null) return <Skeleton height={frame.height} radius={0} />;
  return (
    <Center h={frame.height} p="lg">
      <Stack align="center" gap="sm">
        <Text size="sm" c="dimmed" ta="center">
          {loaded.error instanceof ApiProblem ? problemText(loaded.error.problem) : t('problem.unexpected')}
        </Text>
        <Button variant="default" size="xs" loading={loaded.isFetching} onClick={() => void loaded.refetch()}>
          {t('common.again')}
        </Button>
      </Stack>
    </Center>
  );
}
