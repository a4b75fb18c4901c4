import { Alert, Button, FileButton, Skeleton, Stack, Switch } from '@mantine/core';
import { IconReplace } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { ProblemNote } from '../../../shared/ProblemNote';
import type { EditSession } from '../edit-session';
import { sourceOf } from '../file-bytes';
import { hasPageForm, requiresForm, withRequiredForm } from '../posts/documents';
import { useUpload } from '../use-upload';
import { Boxes } from './Boxes';
import { documentBoxes } from './document-boxes';
import { type Shown, useDocumentPages } from './page-images';

interface DocumentBoxesProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly saved: PackageFiles;
  readonly show: Shown;
  /** The PDF of the shown language. */
  readonly path: string;
}

/** The pages of a document with boxes for values of the partner. */
export function DocumentBoxes(props: DocumentBoxesProps) {
  const { version, edits, saved, show, path } = props;
  const { t } = useTranslation();
  const source = sourceOf(version, saved, edits, path);
  const read = useDocumentPages(source?.url ?? null, source?.hash ?? '');
  return (
    <Stack>
      <ExchangePdf campaignId={version.campaignId} path={path} />
      <RequiredForm edits={edits} documentKey={show.key} />
      {source === null ? (
        <Alert color="yellow">{t('boxes.noFile', { file: path })}</Alert>
      ) : (
        <ProblemNote error={read.error} />
      )}
      {source !== null && read.error === null && read.data === undefined && <Skeleton height={620} />}
      {source !== null && read.data !== undefined && <Pages {...props} read={read.data} key={show.key} />}
    </Stack>
  );
}

interface PagesProps extends DocumentBoxesProps {
  readonly read: NonNullable<ReturnType<typeof useDocumentPages>['data']>;
}

function Pages({ read, show, ...props }: PagesProps) {
  const file = documentBoxes(props.edits.textOf('campaign.yaml'), show.key, read.marks);
  return file === null ? null : <Boxes {...props} show={show} file={file} geometries={read.geometries} />;
}

interface RequiredFormProps {
  readonly edits: EditSession;
  readonly documentKey: string;
}

/** Whether readers have to send the form of the page before they get the document. */
function RequiredForm({ edits, documentKey }: RequiredFormProps) {
  const { t } = useTranslation();
  const campaign = edits.textOf('campaign.yaml');
  const isRequired = requiresForm(campaign, documentKey);
  const canRequire = hasPageForm(campaign);
  return (
    <Switch
      label={t('documents.requiresForm')}
      description={t(canRequire ? 'documents.requiresFormWhy' : 'documents.requiresFormNone')}
      checked={isRequired}
      disabled={!canRequire && !isRequired}
      onChange={({ currentTarget }) => edits.write(withRequiredForm(campaign, documentKey, currentTarget.checked))}
    />
  );
}

interface ExchangePdfProps {
  readonly campaignId: string;
  readonly path: string;
}

/** Replaces the PDF of the shown language. Boxes that were drawn stay where they are. */
function ExchangePdf({ campaignId, path }: ExchangePdfProps) {
  const { t } = useTranslation();
  const upload = useUpload(campaignId);
  return (
    <Stack gap={4} align="flex-start">
      <FileButton accept=".pdf" onChange={(file) => file !== null && upload.mutate({ path, file })}>
        {(button) => (
          <Button
            {...button}
            variant="default"
            loading={upload.isPending}
            disabled={path === ''}
            leftSection={<IconReplace size={16} aria-hidden />}
          >
            {t('documents.exchange')}
          </Button>
        )}
      </FileButton>
      <ProblemNote error={upload.error} />
    </Stack>
  );
}
