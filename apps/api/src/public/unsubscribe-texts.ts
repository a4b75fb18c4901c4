import ar from './texts/unsubscribe/ar.json' with { type: 'json' };
import de from './texts/unsubscribe/de.json' with { type: 'json' };
import en from './texts/unsubscribe/en.json' with { type: 'json' };
import es from './texts/unsubscribe/es.json' with { type: 'json' };
import fr from './texts/unsubscribe/fr.json' with { type: 'json' };
import he from './texts/unsubscribe/he.json' with { type: 'json' };
import it from './texts/unsubscribe/it.json' with { type: 'json' };
import nl from './texts/unsubscribe/nl.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of the unsubscribe and preference pages, in the languages of the e-mails. */
export const UNSUBSCRIBE_TEXTS = new Texts(en, { de, fr, es, it, nl, ar, he });
