import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerImportView } from '#contracts';
import { PlannedRows } from '../../shared/list-import/PlannedRows';
import { useValueText } from '../../shared/partner-attributes/value-text';
import { useAttributes } from './api';

type Row = PartnerImportView['rows'][number];

/** Rows of a file of partners with what is done with each. */
export function PlannedPartners({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  return (
    <PlannedRows
      rows={rows}
      columns={[
        {
          key: 'name',
          title: t('partners.partner'),
          isHeading: true,
          maxWidth: 260,
          cell: (row) => <Name row={row} />,
        },
      ]}
      detailsOf={(row) => <Details row={row} />}
    />
  );
}

function Name({ row: { name, email } }: { readonly row: Row }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      {email !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('partnerImport.invites', { email })}
        </Text>
      )}
    </>
  );
}

/** Each change, or each reason of a refusal. */
function Details({ row: { changes, faults } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const attributes = useAttributes().data?.items ?? [];
  const valueText = useValueText();
  const changeText = ({ field, attributeId, before, after }: Row['changes'][number]): string => {
    const attribute = attributes.find(({ id }) => id === attributeId);
    const shown = (value: typeof before): string => {
      if (value === null) return t('partnerImport.noValue');
      // A field that is no attribute is a text.
      return valueText(attribute ?? { kind: 'text', options: [] }, value);
    };
    return t('partnerImport.change', {
      field: field === 'attribute' ? (attribute?.name ?? '') : t(`partnerImport.field.${field}`),
      before: shown(before),
      after: shown(after),
    });
  };
  const fieldText = (field: string): string =>
    field in FIELD_NAMES ? t(`partnerImport.field.${field as keyof typeof FIELD_NAMES}`) : field;
  return (
    <Stack gap={2}>
      {changes.map((change) => (
        <Text key={`${change.field} ${change.attributeId ?? ''}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {changeText(change)}
        </Text>
      ))}
      {faults.map(({ reason, field, value, otherLine }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`partnerImport.fault.${reason}`, { field: fieldText(field), value, line: otherLine ?? '' })}
        </Text>
      ))}
    </Stack>
  );
}

/** Fields of a row that have a name of their own. */
const FIELD_NAMES = {
  partnerId: true,
  externalId: true,
  organisationName: true,
  email: true,
  countryCode: true,
  tier: true,
  region: true,
} as const;
