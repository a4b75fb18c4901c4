import { Box, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, EditCheck, TemplateType } from '#contracts';
import { BrandChoice } from '../../shared/BrandChoice';
import { useFormat } from '../../shared/format';
import { Preview } from '../../shared/Preview';
import { type Recipient, RecipientChoice } from '../../shared/RecipientChoice';
import { SendTestMail } from '../../shared/SendTestMail';
import { type Tactics, useTacticName } from '../../shared/tactic-names';
import type { FileEdits } from './edit-session';
import { useEditorOwner } from './editor-owner';
import type { declarationsOf } from './new-files';
import { type PreviewSettings, PreviewSettingsControl, PartsLegend } from '../../shared/PreviewSettings';

/** Options of the preview. */
export interface PreviewChoice {
  readonly kind: TemplateType;
  readonly key: string;
  readonly locale: string;
  readonly recipient: Recipient;
  readonly partnerId: string | null;
}

/** Width of the layout on each screen, in CSS pixels. */
export const WIDTHS = {
  email: { desktop: 680, dark: 680, phone: 375 },
  page: { desktop: 1040, dark: 1040, phone: 375 },
} as const;

interface TemplatePreviewProps {
  readonly version: Pick<CampaignVersionDetail, 'campaignId' | 'number'>;
  /** Names of e-mails and pages, with unsaved changes. */
  readonly tactics: Tactics;
  readonly changes: FileEdits;
  /** Declarations of `campaign.yaml`, with unsaved changes. */
  readonly declared: ReturnType<typeof declarationsOf>;
  readonly show: PreviewChoice;
  readonly look: PreviewSettings;
  /**
   * Undefined until the first check; null if there has never been a preview.
   */
  readonly preview: EditCheck['preview'] | undefined;
  /** The preview is older than the current mistakes. */
  readonly isOld: boolean;
  readonly onShow: (show: PreviewChoice) => void;
  readonly onLook: (look: PreviewSettings) => void;
}

/** The edited template, as a recipient sees it. */
export function TemplatePreview(props: TemplatePreviewProps) {
  const { show, look, preview, isOld } = props;
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <PreviewControls {...props} />
      {look.parts && <PartsLegend />}
      {preview === null || preview === undefined ? (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t(preview === null ? 'editor.nothingToShow' : 'editor.checking')}
        </Text>
      ) : (
        <Shown preview={preview} show={show} look={look} isOld={isOld} />
      )}
    </Stack>
  );
}

interface PreviewControlsProps extends Omit<TemplatePreviewProps, 'isOld'> {
  /** More buttons. */
  readonly children?: React.ReactNode;
}

/** Chooses what is shown, and to which recipient. */
export function PreviewControls(props: PreviewControlsProps) {
  const { version, tactics, changes, declared, show, look, preview, onShow, onLook, children } = props;
  const { isNewsletter } = useEditorOwner();
  return (
    <Group gap="sm" align="flex-end">
      <ShownTemplate tactics={tactics} declared={declared} show={show} onShow={onShow} />
      {!isNewsletter && (
        <BrandChoice
          partnerId={show.partnerId ?? ''}
          onChoose={(id) => onShow({ ...show, partnerId: id === '' ? null : id })}
        />
      )}
      <RecipientChoice
        asks={preview?.asks ?? []}
        recipient={show.recipient}
        onChoose={(recipient) => onShow({ ...show, recipient })}
      />
      <PreviewSettingsControl look={look} onLook={onLook} />
      {show.kind === 'email' && !isNewsletter && (
        <SendTestMail
          campaignId={version.campaignId}
          number={version.number}
          emailKey={show.key}
          locale={show.locale}
          partnerId={show.partnerId ?? ''}
          recipient={show.recipient}
          changes={changes}
        />
      )}
      {children}
    </Group>
  );
}

/** Chooses the e-mail or page, and its language. */
function ShownTemplate({
  tactics,
  declared,
  show,
  onShow,
}: Pick<TemplatePreviewProps, 'tactics' | 'declared' | 'show' | 'onShow'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTacticName(tactics);
  const { emails, pages, locales } = declared;
  return (
    <>
      <NativeSelect
        label={t('version.template')}
        value={`${show.kind} ${show.key}`}
        data={[
          ...emails.map((key) => ({ value: `email ${key}`, label: nameOf('emails', key) ?? key })),
          ...pages.map((key) => ({ value: `page ${key}`, label: nameOf('pages', key) ?? key })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const [kind = 'email', key = ''] = value.split(' ');
          onShow({ ...show, kind: kind === 'page' ? 'page' : 'email', key });
        }}
      />
      <NativeSelect
        label={t('review.locale')}
        value={show.locale}
        data={locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
        onChange={(event) => onShow({ ...show, locale: event.currentTarget.value })}
      />
    </>
  );
}

interface ShownProps extends Pick<TemplatePreviewProps, 'show' | 'look' | 'isOld'> {
  readonly preview: NonNullable<TemplatePreviewProps['preview']>;
}

/** Subject and body. Dimmed while the files have mistakes. */
function Shown({ preview, show, look, isOld }: ShownProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">
        <Text span c="dimmed">
          {t('review.subject')}
        </Text>{' '}
        <Text span fw={600}>
          {preview.subject}
        </Text>
      </Text>
      {isOld && (
        <Text size="sm" c="dimmed">
          {t('editor.beforeMistakes')}
        </Text>
      )}
      <Box bg="#f1f3f5" opacity={isOld ? 0.5 : 1}>
        <Preview
          title={t('review.emailFrame')}
          html={preview.html}
          layoutWidth={WIDTHS[show.kind][look.screen]}
          dark={look.screen === 'dark'}
          height={580}
        />
      </Box>
    </>
  );
}
