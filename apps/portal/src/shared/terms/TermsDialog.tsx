import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView, VendorTerms } from '#contracts';
import { useFormat } from '../format';
import { localeOf } from '../localised';
import { Loaded } from '../Page';
import { ProblemNote } from '../ProblemNote';
import { invalidate, queryKeys } from '../query-keys';
import { useCan } from '../session';
import { acceptVendorTerms, useVendorTerms } from './requests';

interface TermsDialogProps {
  readonly vendor: PartnerVendorView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The text of a vendor's terms, in a language of choice, with a button to accept them. */
export function TermsDialog({ vendor, opened, onClose }: TermsDialogProps) {
  const { t } = useTranslation();
  const all = useVendorTerms(opened);
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={t('vendorTerms.title', { vendor: vendor.name })}>
      <Loaded query={all} height={300}>
        {({ items }) =>
          items
            .filter(({ vendorId }) => vendorId === vendor.vendorId)
            .map((terms) => <TermsText key={terms.number} terms={terms} onAccepted={onClose} />)
        }
      </Loaded>
    </Modal>
  );
}

interface TermsTextProps {
  readonly terms: VendorTerms;
  readonly onAccepted: () => void;
}

function TermsText({ terms, onAccepted }: TermsTextProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { texts, number, effectiveOn } = terms;
  const [chosen, choose] = useState<string | null>(null);
  const language = chosen ?? localeOf(texts, i18n.language) ?? '';
  const languages = Object.keys(texts);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('vendorTerms.version', { number, from: format.day(effectiveOn) })}
      </Text>
      {languages.length > 1 && (
        <SegmentedControl
          aria-label={t('vendorTerms.language')}
          value={language}
          onChange={choose}
          data={languages.map((value) => ({ value, label: format.language(value) }))}
        />
      )}
      <Text size="sm" lang={language} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {texts[language]}
      </Text>
      {terms.acceptance === null && <Accept terms={terms} language={language} onAccepted={onAccepted} />}
    </Stack>
  );
}

function Accept({ terms, language, onAccepted }: TermsTextProps & { readonly language: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canAccept = useCan()('terms.accept');
  const { vendorId, vendorName, number } = terms;
  const accept = useMutation({
    mutationFn: () => acceptVendorTerms({ vendorId, number, language }),
    onSuccess: async (all) => {
      client.setQueryData(queryKeys.vendorTerms, all);
      notifications.show({ color: 'teal', message: t('vendorTerms.done', { vendor: vendorName }) });
      onAccepted();
      await invalidate(client, queryKeys.vendors, queryKeys.offerDetails, queryKeys.onboarding);
    },
  });
  if (!canAccept) return <Text size="sm">{t('vendorTerms.ownerAccepts')}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('vendorTerms.recorded', { vendor: vendorName })}</Text>
      <ProblemNote error={accept.error} />
      <Group>
        <Button loading={accept.isPending} onClick={() => accept.mutate()}>
          {t('vendorTerms.accept', { number })}
        </Button>
      </Group>
    </Stack>
  );
}
