import { Texts } from '#kernel';
import de from './texts/notifications/de.json' with { type: 'json' };
import en from './texts/notifications/en.json' with { type: 'json' };

/** Names of kinds, reasons, and what happened in one line. */
export const NOTIFICATION_TEXTS = new Texts(en, { de });
