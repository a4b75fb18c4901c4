import { Anchor } from '@mantine/core';
import type { LeadView } from '#contracts';

interface ContactLinesProps {
  readonly email: string | null | undefined;
  readonly phone: LeadView['phoneLink'];
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
      {phone !== null && (
        <Anchor href={phone.url} size="sm" dir="ltr">
          {phone.text}
        </Anchor>
      )}
    </>
  );
}
