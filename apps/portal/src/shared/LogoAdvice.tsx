import { Alert } from '@mantine/core';
import type { BrandKit } from '#contracts';
import { useTranslateCode } from './translate-code';

type Feedback = NonNullable<BrandKit['logo']>['feedback'];

/** Advice about a logo for its owner, one note each. */
export function LogoAdvice({ feedback }: { readonly feedback: Feedback }) {
  const translateCode = useTranslateCode();
  return feedback.map(({ code, message, remedy, named }) => (
    <Alert key={code} color="yellow">
      {translateCode('values', code, `${message} ${remedy}`, named)}
    </Alert>
  ));
}
