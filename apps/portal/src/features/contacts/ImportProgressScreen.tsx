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
import { useTableHref } from '../../shared/table-href';
import { useTranslateCode } from '../../shared/translate-code';
import { StatusBadge } from '../../shared/StatusBadge';
import { isFinished } from './import-state';
import { cancelContactImport, useContactImport, contactKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

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
    const { contacts, contactLists, audience } = queryKeys;
    void invalidate(client, contacts, contactKeys.imports, contactLists, audience);
  }, [over, client]);
  return (
    <Page title={t('import.progress')} lead={found.data?.fileName}>
      <Loaded query={found}>{(loaded) => <Outcome found={loaded} />}</Loaded>
    </Page>
  );
}

function Outcome({ found }: FoundProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelContactImport(found.id),
    onSuccess: (changed) => client.setQueryData(contactKeys.import(found.id), changed),
  });
  const { status } = found;
  const done = isFinished(status);
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
      <Counts found={found} />
      <ProblemNote error={cancel.error} />
      {status === 'cancelled' && <Cancelled found={found} />}
      <Failure found={found} />
      <ProblemRows found={found} />
    </Stack>
  );
}

interface FoundProps {
  readonly found: ContactImport;
}

const OUTCOMES = ['created', 'updated', 'unchanged', 'rejected'] as const;

/** Share of the rows that are done, and their outcomes. */
function Counts({ found: { status, total, counts } }: FoundProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = total === null || total === 0 ? 0 : (counts.candidates / total) * 100;
  return (
    <>
      <Progress
        value={status === 'completed' ? 100 : share}
        animated={!isFinished(status)}
        aria-label={t('import.progress')}
      />
      <SimpleGrid cols={{ base: 2, sm: counts.optedOut > 0 ? 5 : 4 }}>
        {([...OUTCOMES, ...(counts.optedOut > 0 ? (['optedOut'] as const) : [])] as const).map((name) => (
          <Figure key={name} label={t(`import.count.${name}`)} value={format.number(counts[name])} />
        ))}
      </SimpleGrid>
    </>
  );
}

function Failure({ found: { failure } }: FoundProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  if (failure === null) return null;
  return (
    <Alert color="red" title={t('problem.title')}>
      {translateCode('problems', failure.code, failure.message)}
    </Alert>
  );
}

/** The first rows that were not imported, those with remarks, a file of all. */
function ProblemRows({ found: { id, problems } }: FoundProps) {
  const { t } = useTranslation();
  const tableHref = useTableHref();
  if (problems.length === 0) return null;
  const rejected = problems.filter(({ severity }) => severity === 'error');
  const remarks = problems.filter(({ severity }) => severity === 'warning');
  return (
    <>
      <Group justify="flex-end">
        <Anchor href={tableHref(`/contact-imports/${id}/problems.csv`)} download>
          <Group gap={4} wrap="nowrap">
            <IconDownload size={16} aria-hidden />
            {t('import.allProblems')}
          </Group>
        </Anchor>
      </Group>
      {rejected.length > 0 && (
        <>
          <Title order={2}>{t('import.rejectedRows')}</Title>
          <RowProblems label={t('import.rejectedRows')} problems={rejected} />
        </>
      )}
      {remarks.length > 0 && (
        <>
          <Title order={2}>{t('import.remarks')}</Title>
          <RowProblems label={t('import.remarks')} problems={remarks} />
        </>
      )}
    </>
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
