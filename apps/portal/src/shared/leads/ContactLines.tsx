import { Anchor } from '@mantine/core';
import { phoneUrl } from '#contracts';

interface ContactLinesProps {
  readonly email: string | null | undefined;
  readonly phone: string | null | undefined;
}

/** E-mail address and telephone number of a lead, each as a link. */
export function ContactLines({ email, phone }: ContactLinesProps) {
  return (
    <>
      {email != null && email !== '' && (
        <Anchor href={`mailto:${email}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Anchor>
      )}
      {phone != null && phone !== '' && (
        <Anchor href={phoneUrl(phone)} size="sm">
          {phone}
        </Anchor>
      )}
    </>
  );
}
