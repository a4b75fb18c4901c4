import ar from './texts/embeds/ar.json' with { type: 'json' };
import de from './texts/embeds/de.json' with { type: 'json' };
import en from './texts/embeds/en.json' with { type: 'json' };
import es from './texts/embeds/es.json' with { type: 'json' };
import fr from './texts/embeds/fr.json' with { type: 'json' };
import he from './texts/embeds/he.json' with { type: 'json' };
import it from './texts/embeds/it.json' with { type: 'json' };
import nl from './texts/embeds/nl.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of campaigns on the websites of partners. */
export const EMBED_TEXTS = new Texts(en, { de, fr, es, it, nl, ar, he });
