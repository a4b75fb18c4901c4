import { Alert, Anchor, Button, Grid, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type {
  AuthoringLanguage,
  CampaignVersionCard,
  CampaignVersionDetail,
  EditCheck,
  PackageFiles,
} from '#contracts';
import { call } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import { type Changes, useEdits } from './edits';
import { FileList } from './FileList';
import { ProblemList } from './ProblemList';
import { type Screen, type Show, ShownTemplate } from './ShownTemplate';

const CodeArea = lazy(() => import('./CodeArea'));
/** A pause in typing after which what is written is checked. */
const PAUSE_MS = 500;
const NO_PROBLEMS: EditCheck['problems'] = [];

interface EditorProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly language: AuthoringLanguage;
}

export function Editor({ version, files: { packageHash, files }, language }: EditorProps) {
  const { t } = useTranslation();
  const { changes, write, forget } = useEdits(version.id, packageHash);
  const [open, setOpen] = useState(() => {
    const first = `emails/${version.tactics.emails[0]?.key ?? ''}.mjml`;
    return files.some(({ path }) => path === first) ? first : 'campaign.yaml';
  });
  const [goTo, setGoTo] = useState<{ line: number; column: number } | null>(null);
  const [screen, setScreen] = useState<Screen>('desktop');
  const [show, setShow] = useState<Show>(() => ({
    kind: 'email',
    key: version.tactics.emails[0]?.key ?? '',
    locale: version.locales[0] ?? 'en',
    industry: null,
    partnerId: null,
  }));
  const check = useCheck(version, changes, show);
  const lastGood = useLastGood(check.data?.preview);
  const save = useSave(version, packageHash, changes, forget);
  const isChanged = Object.keys(changes).length > 0;
  const problems = check.data?.problems ?? NO_PROBLEMS;
  const mistakes = problems.filter(({ severity }) => severity === 'error').length;
  const canSave = isChanged && mistakes === 0 && !check.isFetching;
  useHotkeys([['mod+S', () => canSave && save.mutate()]], [], true);
  const file = files.find(({ path }) => path === open);
  const openFile = (path: string) => {
    setOpen(path);
    setGoTo(null);
    const [, key] = /^(?:emails|pages)\/([a-z][a-z0-9-]*)\./.exec(path) ?? [];
    const kind = path.startsWith('pages/') ? 'page' : 'email';
    const templates = kind === 'page' ? version.tactics.pages : version.tactics.emails;
    if (key !== undefined && templates.some((template) => template.key === key)) setShow({ ...show, kind, key });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="sm">
          <Anchor component={Link} to={`/campaigns/${version.campaignId}/versions/${version.number}`} size="sm">
            {t('campaigns.version', { number: version.number })}
          </Anchor>
          <Text size="sm" c="dimmed" aria-live="polite">
            {isChanged ? t('editor.unsaved', { count: Object.keys(changes).length }) : t('editor.saved')}
          </Text>
        </Group>
        <Group gap="sm">
          <Button variant="default" disabled={!isChanged} onClick={forget}>
            {t('editor.discard')}
          </Button>
          <Button loading={save.isPending} disabled={!canSave} onClick={() => save.mutate()}>
            {t(version.status === 'draft' ? 'editor.save' : 'editor.saveNext')}
          </Button>
        </Group>
      </Group>
      <ProblemNote error={save.error ?? check.error} />
      {version.status !== 'draft' && <Alert color="blue">{t('editor.isPublished')}</Alert>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 3, xl: 2 }}>
          <FileList files={files} changes={changes} problems={problems} open={open} onOpen={openFile} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 9, xl: 5 }}>
          <Paper withBorder style={{ overflow: 'hidden' }}>
            <Suspense fallback={<Skeleton height={640} />}>
              <CodeArea
                path={open}
                text={changes[open] ?? file?.text ?? ''}
                language={language}
                problems={problems.filter((problem) => problem.file === open)}
                readOnly={file === undefined || file.text === null}
                goTo={goTo}
                onWrite={(text) => write(open, text, file?.text ?? null)}
              />
            </Suspense>
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, xl: 5 }}>
          <ShownTemplate
            version={version}
            show={show}
            screen={screen}
            preview={check.data?.preview ?? lastGood ?? check.data?.preview}
            isOld={check.data?.preview === null && lastGood !== null}
            onShow={setShow}
            onScreen={setScreen}
          />
        </Grid.Col>
      </Grid>
      <Stack component="section" aria-labelledby="gates" gap="xs">
        <Title order={2} size="h3" id="gates">
          {t('editor.gates')}
        </Title>
        <ProblemList
          problems={problems}
          onJump={({ file: path, line, column }) => {
            openFile(path);
            setGoTo({ line: line ?? 1, column: column ?? 1 });
          }}
        />
      </Stack>
    </Stack>
  );
}

/** The last preview that there was: while somebody is in the middle of a word, the mail need not vanish. */
function useLastGood(preview: EditCheck['preview'] | undefined): EditCheck['preview'] {
  const [last, setLast] = useState<EditCheck['preview']>(null);
  if (preview !== null && preview !== undefined && preview !== last) setLast(preview);
  return last;
}

/** What the compiler says after a pause in typing, about what stands there now. */
function useCheck({ campaignId, number }: CampaignVersionDetail, changes: Changes, show: Show) {
  const [settled] = useDebouncedValue(changes, PAUSE_MS);
  return useQuery({
    queryKey: ['edit-check', campaignId, number, settled, show],
    queryFn: ({ signal }) =>
      call<EditCheck>('POST', `/campaigns/${campaignId}/versions/${number}/files/check`, {
        body: { changes: settled, show },
        signal,
      }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

function useSave({ campaignId, number }: CampaignVersionDetail, basedOn: string, changes: Changes, forget: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      call<CampaignVersionCard>('PATCH', `/campaigns/${campaignId}/versions/${number}/files`, {
        body: { basedOn, changes },
      }),
    onSuccess: async (saved) => {
      forget();
      notifications.show({ color: 'teal', message: t('editor.kept', { number: saved.number }) });
      await navigate(`/campaigns/${campaignId}/versions/${saved.number}/edit`, { replace: true });
      await client.invalidateQueries();
    },
  });
}
