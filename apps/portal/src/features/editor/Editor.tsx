import { Button, Group, Skeleton, Stack, Tabs, Text, Title, Loader } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type ComponentProps, lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthoringLanguage, CampaignVersionDetail, EditCheck, PackageFiles } from '#contracts';
import { DEFAULT_SETTINGS } from '../../shared/PreviewSettings';
import { ConflictNote } from './ConflictNote';
import { currentTactics } from './current-tactics';
import { useAuthorPlace } from './checks/use-author-place';
import { useFixes } from './checks/use-fixes';
import { useValidation, useLastValid } from './validation';
import { useEditSession } from './edit-session';
import { FilesTab } from './FilesTab';
import { GateList } from '../../shared/GateList';
import { declarationsOf } from './new-files';
import { UnsavedEdits } from './UnsavedEdits';
import { SaveBar } from './SaveBar';
import { NewTemplate } from './NewTemplate';
import { PreviewControls, TemplatePreview } from './TemplatePreview';
import { useEditorLocation } from './editor-location';
import { useEditorOwner } from './editor-owner';

const LayoutTab = lazy(() => import('./boxes/LayoutTab'));
const loadBuilder = () => import('./builder/BuilderTab');
const BuilderTab = lazy(loadBuilder);
const DetailsTab = lazy(() => import('./details/DetailsTab'));
const CopyTab = lazy(() => import('./CopyTab'));
const SequenceTab = lazy(() => import('./sequence/SequenceTab'));
const TranslationTab = lazy(() => import('./translation/TranslationTab'));
const SlotsTab = lazy(() => import('./SlotsTab'));
const NO_PROBLEMS: EditCheck['problems'] = [];

interface EditorProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly language: AuthoringLanguage;
  /** See `EditSession`. */
  readonly session: Map<string, unknown>;
}

/** The script of the first tab, beside the files: after them, it was a third wait. The tab itself tells of an error. */
export const prepareEditor = (): void => void loadBuilder().catch(() => undefined);

/**
 * All editors of a version: design, files, copy, slots, layout and sequence.
 * They share one set of changes, saved together.
 */
export function Editor({ version, files: written, language, session }: EditorProps) {
  const { files } = written;
  const edits = useEditSession(version, written, session);
  const now = declarationsOf(edits.texts);
  const declared = now.locales.length > 0 ? now : savedIn(version);
  const place = useEditorLocation(version, files, declared);
  const { tab, show, open, goTo, setTab, setShow, openFile, build, jump } = place;
  const [look, setLook] = useState(DEFAULT_SETTINGS);
  useCommitOnPageHide();
  const { check, state, isSlow } = useValidation(version, edits, { ...show, parts: look.parts });
  const lastValid = useLastValid(check.data?.preview);
  const problems = check.data?.problems ?? NO_PROBLEMS;
  const fixes = useFixes(edits, state, problems);
  // Names of the working copy, not of what was saved. Panes follow later than the canvas.
  const settled = useDeferredValue(edits.texts);
  const tactics = useMemo(() => currentTactics(settled), [settled]);
  const authorPlace = useAuthorPlace(settled, tactics);
  const { isNewsletter } = useEditorOwner();
  return (
    <Stack>
      <SaveBar version={version} edits={edits} check={check} />
      <ConflictNote edits={edits} />
      <UnsavedEdits version={version} files={written} edits={edits} />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'files')} keepMounted={false}>
        <EditorTabs />
        <Tabs.Panel value="files">
          <FilesTab
            version={version}
            edits={edits}
            files={files}
            language={language}
            problems={problems}
            open={open}
            goTo={goTo}
            onOpen={openFile}
            onBuild={build}
          >
            <TemplatePreview
              version={version}
              changes={edits.changes}
              tactics={tactics}
              declared={declared}
              show={show}
              look={look}
              preview={check.data?.preview ?? lastValid ?? check.data?.preview}
              isOld={check.data?.preview === null && lastValid !== null}
              onShow={setShow}
              onLook={setLook}
            />
          </FilesTab>
        </Tabs.Panel>
        <Suspense fallback={<Skeleton height={420} />}>
          <Tabs.Panel value="design">
            <BuilderTab
              key={place.focus.id}
              focus={place.focus.offset}
              version={version}
              edits={edits}
              files={files}
              language={language}
              locales={declared.locales}
              show={show}
              look={look}
              onJump={jump}
            >
              <PreviewControls
                version={version}
                changes={edits.changes}
                tactics={tactics}
                declared={declared}
                show={show}
                look={look}
                preview={check.data?.preview ?? lastValid ?? undefined}
                onShow={setShow}
                onLook={setLook}
              >
                {!isNewsletter && (
                  <NewTemplate campaignId={version.campaignId} edits={edits} files={files} onBuild={build} />
                )}
              </PreviewControls>
            </BuilderTab>
          </Tabs.Panel>
          <Tabs.Panel value="details">
            <DetailsTab edits={edits} locale={show.locale} tactics={tactics} onJump={jump} />
          </Tabs.Panel>
          <Tabs.Panel value="copy">
            <CopyTab
              key={place.focus.id}
              sought={place.focus.search}
              edits={edits}
              locales={declared.locales}
              onJump={jump}
            />
          </Tabs.Panel>
          <Tabs.Panel value="translation">
            <TranslationTab version={version} edits={edits} onJump={jump} />
          </Tabs.Panel>
          <Tabs.Panel value="slots">
            <SlotsTab edits={edits} />
          </Tabs.Panel>
          <Tabs.Panel value="artwork">
            <LayoutTab
              version={version}
              edits={edits}
              saved={written}
              wanted={place.artwork}
              onWant={place.setArtwork}
              onJump={jump}
            />
          </Tabs.Panel>
          <Tabs.Panel value="sequence">
            <SequenceTab
              version={version}
              files={files}
              edits={edits}
              locale={show.locale}
              tactics={tactics}
              problems={problems}
              onJump={jump}
              onBuild={build}
              onPost={place.openPost}
            />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
      <Gates
        isSlow={isSlow}
        problems={check.data?.problems}
        onJump={(problem) => place.correct(problem, edits.texts)}
        fixes={fixes}
        tactics={tactics}
        placeText={tab === 'files' ? undefined : authorPlace}
      />
    </Stack>
  );
}

/** Fields that commit on blur must commit before the page closes. */
function useCommitOnPageHide(): void {
  useWindowEvent('pagehide', () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

function EditorTabs() {
  const { t } = useTranslation();
  const { isNewsletter } = useEditorOwner();
  return (
    <Tabs.List mb="md">
      <Tabs.Tab value="design">{t('editorTabs.design')}</Tabs.Tab>
      <Tabs.Tab value="details">{t('editorTabs.details')}</Tabs.Tab>
      <Tabs.Tab value="files">{t('editorTabs.files')}</Tabs.Tab>
      <Tabs.Tab value="copy">{t('editorTabs.copy')}</Tabs.Tab>
      <Tabs.Tab value="translation">{t('translation.tab')}</Tabs.Tab>
      {/* A newsletter has no texts of partners, no posts, and one e-mail. */}
      {!isNewsletter && (
        <>
          <Tabs.Tab value="slots">{t('editorTabs.slots')}</Tabs.Tab>
          <Tabs.Tab value="artwork">{t('editorTabs.artwork')}</Tabs.Tab>
          <Tabs.Tab value="sequence">{t('editorTabs.sequence')}</Tabs.Tab>
        </>
      )}
    </Tabs.List>
  );
}

interface GatesProps extends ComponentProps<typeof GateList> {
  readonly fixes: ReturnType<typeof useFixes>;
  readonly isSlow: boolean;
}

/** Quality gates with the problems of the edited files. */
function Gates({ isSlow, ...props }: GatesProps) {
  const { t } = useTranslation();
  const { canUndo, undo } = props.fixes;
  return (
    <Stack component="section" aria-labelledby="gates" gap="xs">
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2} size="h3" id="gates">
            {t('editor.gates')}
          </Title>
          <Group gap={6} role="status">
            {isSlow && (
              <>
                <Loader size={14} aria-hidden />
                <Text size="sm" c="dimmed">
                  {t('editor.checking')}
                </Text>
              </>
            )}
          </Group>
        </Group>
        {canUndo && (
          <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={undo}>
            {t('gates.undoFix')}
          </Button>
        )}
      </Group>
      <Text size="sm" role="status" c="dimmed">
        {props.fixes.isWaiting && t('gates.fixWaits')}
      </Text>
      <GateList {...props} />
    </Stack>
  );
}

/**
 * The saved content of the version.
 * Unsaved content may be unreadable.
 */
const savedIn = ({
  tactics: { emails, pages },
  locales,
}: CampaignVersionDetail): ReturnType<typeof declarationsOf> => ({
  emails: emails.map(({ key }) => key),
  pages: pages.map(({ key }) => key),
  locales: [...locales],
});
