import de from './texts/embeds/de.json' with { type: 'json' };
import en from './texts/embeds/en.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of campaigns on the websites of partners. */
export const EMBED_TEXTS = new Texts(en, { de });
