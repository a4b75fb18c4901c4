import ar from './texts/opt-in/ar.json' with { type: 'json' };
import de from './texts/opt-in/de.json' with { type: 'json' };
import en from './texts/opt-in/en.json' with { type: 'json' };
import es from './texts/opt-in/es.json' with { type: 'json' };
import fr from './texts/opt-in/fr.json' with { type: 'json' };
import he from './texts/opt-in/he.json' with { type: 'json' };
import it from './texts/opt-in/it.json' with { type: 'json' };
import nl from './texts/opt-in/nl.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of the double opt-in e-mail and its confirmation page. */
export const OPT_IN_TEXTS = new Texts(en, { de, fr, es, it, nl, ar, he });
