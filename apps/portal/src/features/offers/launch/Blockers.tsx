import { Alert, Button, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OfferDetail } from '#contracts';
import { localised } from '../../../shared/localised';
import { useMissingFieldText } from '../../../shared/missing-fields';
import type { Slot } from '../slots';

interface BlockersProps {
  readonly missing: OfferDetail['missing'];
  /** Slots with invalid texts. */
  readonly unfit: readonly Slot[];
}

/**
 * Tells a partner what blocks the launch: missing fields of the brand profile,
 * and invalid slot texts.
 */
export function Blockers({ missing, unfit }: BlockersProps) {
  const { t, i18n } = useTranslation();
  const missingFieldText = useMissingFieldText();
  return (
    <>
      {missing.length > 0 && (
        <Alert color="yellow" title={t('launch.incomplete')}>
          <List size="sm" mb="sm">
            {missing.map((lack) => (
              <List.Item key={lack.field}>{missingFieldText(lack)}</List.Item>
            ))}
          </List>
          <Button component={Link} to="/brand" variant="default" size="xs">
            {t('launch.brand')}
          </Button>
        </Alert>
      )}
      {unfit.length > 0 && (
        <Alert color="yellow" title={t('launch.unfit')}>
          <List size="sm">
            {unfit.map(({ name, labels }) => (
              <List.Item key={name}>{localised(labels, i18n.language)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
