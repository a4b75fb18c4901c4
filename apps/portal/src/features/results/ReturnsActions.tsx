import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CsvLink } from '../../shared/CsvLink';

/** Where costs are entered, and the table as CSV. */
export function ReturnsActions({ csv }: { readonly csv: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Anchor component={Link} to="/costs" size="sm">
        {t('returns.toCosts')}
      </Anchor>
      <CsvLink path={csv} label={t('returns.csv')} />
    </>
  );
}
