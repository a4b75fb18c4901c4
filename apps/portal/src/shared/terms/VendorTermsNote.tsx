import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { useFormat } from '../format';
import { TermsDialog } from './TermsDialog';

interface OfVendor {
  readonly vendor: PartnerVendorView;
}

/** Asks a partner to accept the terms of a vendor, until it has. */
export function VendorTermsNote({ vendor }: OfVendor) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, terms } = vendor;
  if (terms === null || terms.acceptance !== null) return null;
  const { number, effectiveOn, acceptBy, isRequired, isOverdue } = terms;
  const days = { vendor: name, number, from: format.day(effectiveOn), until: format.day(acceptBy) };
  const need = isOverdue ? 'overdue' : isRequired ? 'required' : 'asked';
  return (
    <Alert
      color={isOverdue ? 'red' : 'yellow'}
      title={t(isOverdue ? 'vendorTerms.overdueTitle' : 'vendorTerms.waitingTitle', { vendor: name })}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t('vendorTerms.published', days)} {t(`vendorTerms.${need}`, days)}
        </Text>
        <ReadTerms vendor={vendor} />
      </Stack>
    </Alert>
  );
}

/** The terms of a vendor, and who accepted them for the partner. */
export function VendorTerms({ vendor }: OfVendor) {
  const { t } = useTranslation();
  const format = useFormat();
  const { terms } = vendor;
  if (terms === null) return null;
  if (terms.acceptance === null) return <VendorTermsNote vendor={vendor} />;
  const { number, acceptedBy, acceptedAt } = terms.acceptance;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">{t('vendorTerms.accepted', { number, by: acceptedBy, at: format.moment(acceptedAt) })}</Text>
      <ReadTerms vendor={vendor} />
    </Group>
  );
}

function ReadTerms({ vendor }: OfVendor) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('vendorTerms.readOne', { vendor: vendor.name })}>
        {t('vendorTerms.read')}
      </Button>
      <TermsDialog vendor={vendor} opened={opened} onClose={close} />
    </>
  );
}
