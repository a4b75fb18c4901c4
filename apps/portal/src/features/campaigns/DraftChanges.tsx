import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { useFormat } from '../../shared/format';
import { useDraftFiles } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { versionPath } from './campaign';

/** Says that a draft has changes that its previews do not show yet. */
export function DraftChanges({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('campaigns.edit');
  const { data } = useDraftFiles(version.campaignId);
  const files = data?.files ?? [];
  const last = files.reduce<(typeof files)[number] | null>(
    (newest, file) => (newest === null || file.savedAt > newest.savedAt ? file : newest),
    null,
  );
  if (version.status !== 'draft' || last === null) return null;
  return (
    <Alert color="blue">
      {t('version.changes', { by: last.savedBy, at: format.moment(last.savedAt), count: files.length })}{' '}
      {canEdit && (
        <Anchor
          component={Link}
          to={`${versionPath(version.campaignId, version.number)}/edit`}
          size="sm"
          c="inherit"
          underline="always"
        >
          {t('version.openChanges')}
        </Anchor>
      )}
    </Alert>
  );
}
