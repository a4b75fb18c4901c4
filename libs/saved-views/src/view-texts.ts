import { Texts } from '#kernel';
import de from './texts/view-mails/de.json' with { type: 'json' };
import en from './texts/view-mails/en.json' with { type: 'json' };

export const VIEW_TEXTS = new Texts(en, { de });
