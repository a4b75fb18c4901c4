import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PastDealImport, UndoneDealImport } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { LoadMore } from '../../shared/LoadMore';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { undoImport, usePastImports } from './api';

/** Imports that added or changed deals, each of which can be undone. Nothing before the first. */
export function PastImports() {
  const { t } = useTranslation();
  const imports = usePastImports();
  if (imports.data === undefined) return <ProblemNote error={imports.error} />;
  if (imports.data.length === 0) return null;
  return (
    <Section title={t('dealImport.past')} text={t('dealImport.pastWhy')}>
      {imports.data.map((past) => (
        <PastImport key={past.id} past={past} />
      ))}
      <LoadMore list={imports} />
    </Section>
  );
}

interface PastImportProps {
  readonly past: PastDealImport;
}

function PastImport({ past }: PastImportProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('leads.edit');
  const { source, added, changed, by, at, undoneBy, undoneAt } = past;
  const counts = { added: format.number(added), changed: format.number(changed) };
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          {t(`dealImport.source.${source}`, { at: format.fullMoment(at), by })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('dealImport.doneCounts', counts)}
        </Text>
        {undoneAt !== null && (
          <Text size="sm" c="dimmed">
            {t('dealImport.undone', { by: undoneBy ?? '', at: format.fullMoment(undoneAt) })}
          </Text>
        )}
      </Stack>
      {canEdit && <Undo past={past} />}
    </Group>
  );
}

/** The button goes when the import is undone; its dialog stays, and tells what was done. */
function Undo({ past: { id, at, undoneAt } }: PastImportProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const preview = useMutation({ mutationFn: () => undoImport(id, true) });
  const undo = useMutation({
    mutationFn: () => undoImport(id, false),
    onSuccess: () => invalidate(client, queryKeys.deals, queryKeys.leads),
  });
  const begin = () => {
    undo.reset();
    preview.mutate();
    open();
  };
  const title = t('dealImport.undoOf', { at: format.fullMoment(at) });
  return (
    <>
      {undoneAt === null && (
        <Button
          variant="default"
          size="xs"
          aria-label={`${t('dealImport.undo')}, ${format.fullMoment(at)}`}
          onClick={begin}
        >
          {t('dealImport.undo')}
        </Button>
      )}
      <Dialog opened={opened} onClose={close} title={title} centered>
        <Stack>
          <ProblemNote error={undo.error ?? preview.error} />
          {preview.data !== undefined && <UndoResult result={undo.data ?? preview.data} isDone={undo.isSuccess} />}
          <Group justify="flex-end">
            {undo.isSuccess ? (
              <Button onClick={close}>{t('dealShares.done')}</Button>
            ) : (
              <Button
                color="red"
                loading={undo.isPending || preview.isPending}
                disabled={preview.data === undefined || preview.data.withdrawn + preview.data.restored === 0}
                onClick={() => undo.mutate()}
              >
                {t('dealImport.undo')}
              </Button>
            )}
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}

/** Deals that stay and are listed by name: an import has up to 5,000. */
const MOST_LEFT = 50;

interface UndoResultProps {
  readonly result: UndoneDealImport;
  readonly isDone: boolean;
}

function UndoResult({ result: { withdrawn, restored, left }, isDone }: UndoResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = { withdrawn: format.number(withdrawn), restored: format.number(restored) };
  return (
    <>
      <Text size="sm" role="status">
        {t(isDone ? 'dealImport.undoDone' : 'dealImport.undoHow', counts)}
      </Text>
      {left.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {t('dealImport.left')}
          </Text>
          <List size="sm" spacing={4}>
            {left.slice(0, MOST_LEFT).map(({ dealId, name, externalId, reason, changedAt }) => (
              <List.Item key={dealId}>
                <Anchor component={Link} to={`/deals?deal=${dealId}`} size="sm">
                  {[name === '' ? t('people.gone') : name, externalId].filter((part) => part !== null).join(' · ')}
                </Anchor>
                {': '}
                {t(`dealImport.leftReason.${reason}`, { at: format.fullMoment(changedAt) })}
              </List.Item>
            ))}
          </List>
          {left.length > MOST_LEFT && (
            <Text size="sm" c="dimmed">
              {t('dealImport.leftMore', { count: left.length - MOST_LEFT })}
            </Text>
          )}
        </>
      )}
    </>
  );
}
