import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DataSubjectExport } from '#contracts';
import { SharedWith } from '../../shared/leads/SharedWith';

/**
 * Shows a partner which data of a contact the vendor sees, why, and how to
 * withdraw it.
 */
export function Disclosures({ file }: { readonly file: DataSubjectExport }) {
  const { t } = useTranslation();
  const { disclosures: shared, leads } = file;
  const lead = leads.at(-1);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="disclosures">
      <Stack align="flex-start">
        <Title order={2} size="h3" id="disclosures">
          {t('disclosures.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t(shared.length === 0 ? 'disclosures.none' : 'disclosures.lead')}
        </Text>
        <Stack w="100%">
          {shared.map((one) => (
            <SharedWith key={one.id} vendorName={one.vendor} shared={one} />
          ))}
        </Stack>
        {lead !== undefined && (
          <Button component={Link} to={`/leads?lead=${String(lead['id'])}`} variant="default">
            {t('disclosures.openLead')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
