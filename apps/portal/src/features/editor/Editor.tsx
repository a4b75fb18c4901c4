import { Skeleton, Stack, Tabs, Title } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthoringLanguage, CampaignVersionDetail, EditCheck, PackageFiles } from '#contracts';
import { FIRST_LOOK } from '../../shared/PreviewLook';
import { useCheck, useLastGood } from './check';
import { useDesk } from './edits';
import { FilesDesk } from './FilesDesk';
import { GateList } from '../../shared/GateList';
import { declaredIn } from './new-files';
import { LeftEdits } from './LeftEdits';
import { SaveBar } from './SaveBar';
import { ShownTemplate } from './ShownTemplate';
import { useWhereabouts } from './whereabouts';

const BoxesDesk = lazy(() => import('./boxes/BoxesDesk'));
const CopyDesk = lazy(() => import('./CopyDesk'));
const SequenceDesk = lazy(() => import('./sequence/SequenceDesk'));
const SlotsDesk = lazy(() => import('./SlotsDesk'));
const NO_PROBLEMS: EditCheck['problems'] = [];

interface EditorProps {
  readonly version: CampaignVersionDetail;
  readonly files: PackageFiles;
  readonly language: AuthoringLanguage;
  /** See `Desk`. */
  readonly session: Map<string, unknown>;
}

/** Every way to change a version: its files, its copy by language, the limits of its slots. One set of changes, saved at once. */
export function Editor({ version, files: written, language, session }: EditorProps) {
  const { t } = useTranslation();
  const { packageHash, files } = written;
  const desk = useDesk(version, written, session);
  const now = declaredIn(desk.texts);
  const declared = now.locales.length > 0 ? now : savedIn(version);
  const { tab, show, open, goTo, setTab, setShow, openFile, jump } = useWhereabouts(version, files, declared);
  const [look, setLook] = useState(FIRST_LOOK);
  // A field that keeps what is typed when it is left, is left with the page.
  useWindowEvent('pagehide', () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const check = useCheck(version, desk.changes, { ...show, parts: look.parts });
  const lastGood = useLastGood(check.data?.preview);
  const problems = check.data?.problems ?? NO_PROBLEMS;
  return (
    <Stack>
      <SaveBar version={version} packageHash={packageHash} desk={desk} check={check} />
      <LeftEdits version={version} files={written} desk={desk} />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'files')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="files">{t('desk.files')}</Tabs.Tab>
          <Tabs.Tab value="copy">{t('desk.copy')}</Tabs.Tab>
          <Tabs.Tab value="slots">{t('desk.slots')}</Tabs.Tab>
          <Tabs.Tab value="artwork">{t('desk.artwork')}</Tabs.Tab>
          <Tabs.Tab value="sequence">{t('desk.sequence')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <FilesDesk
            desk={desk}
            files={files}
            language={language}
            problems={problems}
            open={open}
            goTo={goTo}
            onOpen={openFile}
          >
            <ShownTemplate
              declared={declared}
              show={show}
              look={look}
              preview={check.data?.preview ?? lastGood ?? check.data?.preview}
              isOld={check.data?.preview === null && lastGood !== null}
              onShow={setShow}
              onLook={setLook}
            />
          </FilesDesk>
        </Tabs.Panel>
        <Suspense fallback={<Skeleton height={420} />}>
          <Tabs.Panel value="copy">
            <CopyDesk desk={desk} locales={declared.locales} onJump={jump} />
          </Tabs.Panel>
          <Tabs.Panel value="slots">
            <SlotsDesk desk={desk} />
          </Tabs.Panel>
          <Tabs.Panel value="artwork">
            <BoxesDesk version={version} desk={desk} saved={written} onJump={jump} />
          </Tabs.Panel>
          <Tabs.Panel value="sequence">
            <SequenceDesk desk={desk} locale={show.locale} problems={problems} onJump={jump} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
      <Stack component="section" aria-labelledby="gates" gap="xs">
        <Title order={2} size="h3" id="gates">
          {t('editor.gates')}
        </Title>
        <GateList problems={check.data?.problems} onJump={jump} />
      </Stack>
    </Stack>
  );
}

/** What a version has as it is saved: what is being written cannot always be read. */
const savedIn = ({ tactics: { emails, pages }, locales }: CampaignVersionDetail): ReturnType<typeof declaredIn> => ({
  emails: emails.map(({ key }) => key),
  pages: pages.map(({ key }) => key),
  locales: [...locales],
});
