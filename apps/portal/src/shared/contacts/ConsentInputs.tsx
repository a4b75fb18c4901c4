import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONSENT_BASES, type ConsentBasis } from './consent';

interface ConsentInputsProps {
  readonly label: string;
  readonly basis: ConsentBasis;
  readonly evidence: string;
  readonly onBasis: (basis: ConsentBasis) => void;
  readonly onEvidence: (evidence: string) => void;
  /** Whether the basis needs evidence. */
  readonly showsEvidence: boolean;
  readonly evidenceFault?: string | undefined;
}

/** Inputs for the legal basis and its evidence, for one or many contacts. */
export function ConsentInputs(props: ConsentInputsProps) {
  const { label, basis, evidence, onBasis, onEvidence, showsEvidence, evidenceFault } = props;
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={label}
        description={t(`consentWhat.${basis}`)}
        data={CONSENT_BASES.map((value) => ({ value, label: t(`consent.${value}`) }))}
        value={basis}
        onChange={(event) => onBasis(event.currentTarget.value as ConsentBasis)}
      />
      {showsEvidence && (
        <TextInput
          label={t('contact.evidence')}
          description={t('contact.evidenceWhat')}
          maxLength={500}
          value={evidence}
          error={evidenceFault}
          onChange={(event) => onEvidence(event.currentTarget.value)}
        />
      )}
    </SimpleGrid>
  );
}
