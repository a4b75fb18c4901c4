import type { TFunction } from 'i18next';
import type { ClickedLink } from '#contracts';

/** A clicked link in words: what is behind it, and its title, label or host. */
export function linkText(t: TFunction, { name, kind, text }: ClickedLink): string {
  if (kind === 'page') return t('leads.link.page');
  if (kind === 'document') return text ?? t('leads.link.document');
  return text ?? name;
}
