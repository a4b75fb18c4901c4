import { Alert, Anchor, Button, Group, Progress, SimpleGrid, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ContactImport } from '#contracts';
import { Figure } from '../../shared/Figure';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RowProblems } from '../../shared/RowProblems';
import { useTranslateCode } from '../../shared/translate-code';
import { StatusBadge } from '../../shared/StatusBadge';
import { isFinished } from './import-state';
import { cancelContactImport, useContactImport } from './api';

export function ImportProgressScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const client = useQueryClient();
  const found = useContactImport(id, {
    refetchInterval: ({ state }) => (state.data !== undefined && isFinished(state.data.status) ? false : 800),
  });
  const over = found.data !== undefined && isFinished(found.data.status);
  useEffect(() => {
    if (!over) return;
    for (const key of ['contacts', 'contact-imports', 'contact-lists', 'audience'])
      void client.invalidateQueries({ queryKey: [key] });
  }, [over, client]);
  return (
    <Page title={t('import.progress')} lead={found.data?.fileName}>
      <Loaded query={found}>{(loaded) => <Outcome found={loaded} />}</Loaded>
    </Page>
  );
}

function Outcome({ found }: { readonly found: ContactImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const translateCode = useTranslateCode();
  const cancel = useMutation({
    mutationFn: () => cancelContactImport(found.id),
    onSuccess: (changed) => client.setQueryData(['contact-import', found.id], changed),
  });
  const { status, total, counts, failure, problems } = found;
  const done = isFinished(status);
  const share = total === null || total === 0 ? 0 : (counts.candidates / total) * 100;
  return (
    <Stack>
      <Group justify="space-between">
        <StatusBadge status={status} />
        {done ? (
          <Button component={Link} to="/">
            {t('import.home')}
          </Button>
        ) : (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('import.cancel')}
          </Button>
        )}
      </Group>
      <Progress
        value={done && status === 'completed' ? 100 : share}
        animated={!done}
        aria-label={t('import.progress')}
      />
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {(['created', 'updated', 'unchanged', 'rejected'] as const).map((name) => (
          <Figure key={name} label={t(`import.count.${name}`)} value={format.number(counts[name])} />
        ))}
      </SimpleGrid>
      <ProblemNote error={cancel.error} />
      {status === 'cancelled' && <Cancelled found={found} />}
      {failure !== null && (
        <Alert color="red" title={t('problem.title')}>
          {translateCode('problems', failure.code, failure.message)}
        </Alert>
      )}
      {problems.length > 0 && (
        <>
          <Group justify="space-between">
            <Title order={2}>{t('import.problems')}</Title>
            <Anchor href={`/api/v1/contact-imports/${found.id}/problems.csv`} download>
              <Group gap={4} wrap="nowrap">
                <IconDownload size={16} aria-hidden />
                {t('import.allProblems')}
              </Group>
            </Anchor>
          </Group>
          <RowProblems problems={problems} />
        </>
      )}
    </Stack>
  );
}

/** Progress of a cancelled import, and what was not imported. */
function Cancelled({ found: { total, counts } }: { readonly found: ContactImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const done = counts.candidates;
  if (total === null || done === 0) return <Alert color="yellow">{t('import.cancelledBefore')}</Alert>;
  const left = total - done;
  const numbers = { done: format.number(done), total: format.number(total), left: format.number(left) };
  return <Alert color="yellow">{t('import.cancelledAfter', { count: left, ...numbers })}</Alert>;
}
