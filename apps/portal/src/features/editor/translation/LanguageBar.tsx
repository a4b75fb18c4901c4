import { Alert, Button, FileButton, Group, Menu, NativeSelect, Paper, Progress, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconLanguage, IconUpload, IconUserCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countByState, type Translation, TRANSLATION_STATES } from '#translation';
import type { CampaignVersionDetail, TranslationDeskView } from '#contracts';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useCan } from '../../../shared/session';
import { NewFile } from '../NewFile';
import type { EditSession } from '../edit-session';
import { useUpload } from '../use-upload';
import { ImportTexts } from './ImportTexts';
import { ReviewRequest } from './ReviewRequest';
import { Reviewers } from './Reviewers';
import { STATE_COLOURS } from './state-colours';
import type { useDesk } from './use-desk';

interface LanguageBarProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly desk: ReturnType<typeof useDesk>;
  readonly sourceLocale: string;
  /** Languages that are translated. */
  readonly locales: readonly string[];
  /** Null: there is none. */
  readonly locale: string | null;
  readonly translations: readonly Translation[];
  readonly onLocale: (locale: string) => void;
}

/** Chooses the language, shows its progress, and exchanges its texts with translators. */
export function LanguageBar(props: LanguageBarProps) {
  const { version, edits, desk, locales, locale, translations, onLocale } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const mayEdit = can('campaigns.edit');
  const [adds, { open: add, close }] = useDisclosure(false);
  const upload = useUpload(version.campaignId);
  const [file, setFile] = useState<File | null>(null);
  const language = desk.desk?.languages.find((one) => one.locale === locale) ?? null;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          {locale !== null && (
            <NativeSelect
              label={t('translation.language')}
              value={locale}
              data={locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
              onChange={(event) => onLocale(event.currentTarget.value)}
            />
          )}
          {mayEdit && (
            <Button variant="default" leftSection={<IconLanguage size={16} aria-hidden />} onClick={add}>
              {t('translation.addLanguage')}
            </Button>
          )}
          {locale !== null && <ExportMenu edits={edits} campaignId={version.campaignId} locale={locale} />}
          {mayEdit && locale !== null && (
            <FileButton key={file === null ? 'none' : 'one'} accept=".xlf,.xliff,.xml" onChange={setFile}>
              {(button) => (
                <Button {...button} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
                  {t('translation.import')}
                </Button>
              )}
            </FileButton>
          )}
          <ReviewersButton />
        </Group>
        {locale !== null && <LanguageProgress translations={translations} language={format.language(locale)} />}
        {language !== null && <HeldBack language={language} translations={translations} />}
        {locale !== null && language !== null && (
          <ReviewRequest desk={desk} edits={edits} locale={locale} language={language} translations={translations} />
        )}
      </Stack>
      <NewFile
        opened={adds}
        onClose={close}
        texts={edits.texts}
        paths={[]}
        upload={upload}
        kinds={['locale']}
        onMake={(made) => {
          edits.write(made.texts);
          onLocale(made.name);
        }}
      />
      {file !== null && locale !== null && (
        <ImportTexts
          campaignId={version.campaignId}
          file={file}
          locale={locale}
          edits={edits}
          desk={desk}
          translations={translations}
          onClose={() => setFile(null)}
        />
      )}
    </Paper>
  );
}

interface ExportMenuProps {
  readonly edits: EditSession;
  readonly campaignId: string;
  readonly locale: string;
}

/** Downloads the texts for translators, with the changes of this browser. */
function ExportMenu({ edits, campaignId, locale }: ExportMenuProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const save = useMutation({
    mutationFn: async (path: string) => {
      await edits.autosave.saveNow();
      const anchor = document.createElement('a');
      anchor.href = `/api/v1/campaigns/${campaignId}/translations/${path}`;
      anchor.download = '';
      anchor.click();
    },
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" loading={save.isPending} leftSection={<IconDownload size={16} aria-hidden />}>
            {t('translation.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate(`${locale}/xliff`)}>
            {t('translation.exportOne', { language: format.language(locale) })}
          </Menu.Item>
          <Menu.Item onClick={() => save.mutate('all.zip')}>{t('translation.exportAll')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ProblemNote error={save.error} />
    </>
  );
}

function ReviewersButton() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconUserCheck size={16} aria-hidden />} onClick={open}>
        {t('translation.reviewers')}
      </Button>
      {opened && <Reviewers onClose={close} />}
    </>
  );
}

interface LanguageProgressProps {
  readonly translations: readonly Translation[];
  readonly language: string;
}

/** Share of each state. */
function LanguageProgress({ translations, language }: LanguageProgressProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = countByState(translations);
  const inOrder = TRANSLATION_STATES.toReversed().filter((state) => counts[state] > 0);
  return (
    <div>
      <Progress.Root size="lg" aria-hidden>
        {inOrder.map((state) => (
          <Progress.Section
            key={state}
            value={(100 * counts[state]) / Math.max(translations.length, 1)}
            color={STATE_COLOURS[state]}
          />
        ))}
      </Progress.Root>
      <Text size="sm" mt={4}>
        {t('translation.progress', {
          language,
          done: format.number(counts.reviewed),
          of: format.number(translations.length),
        })}
      </Text>
    </div>
  );
}

interface HeldBackProps {
  readonly language: TranslationDeskView['languages'][number];
  readonly translations: readonly Translation[];
}

/** Whether the campaign can be submitted with what is open. */
function HeldBack({ language, translations }: HeldBackProps) {
  const { t } = useTranslation();
  const open = translations.length - countByState(translations).reviewed;
  if (!language.isHeldBack || open === 0 || language.reviewer === null) return null;
  return (
    <Alert color="yellow" p="xs">
      <Text size="sm">{t('translation.heldBack', { count: open, name: language.reviewer.name })}</Text>
    </Alert>
  );
}
