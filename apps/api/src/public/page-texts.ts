import ar from './texts/pages/ar.json' with { type: 'json' };
import de from './texts/pages/de.json' with { type: 'json' };
import en from './texts/pages/en.json' with { type: 'json' };
import es from './texts/pages/es.json' with { type: 'json' };
import fr from './texts/pages/fr.json' with { type: 'json' };
import he from './texts/pages/he.json' with { type: 'json' };
import it from './texts/pages/it.json' with { type: 'json' };
import nl from './texts/pages/nl.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of error pages and of the form of a landing page that is shown again. */
export const PAGE_TEXTS = new Texts(en, { de, fr, es, it, nl, ar, he });

/** In the order in which a browser without a preference gets them. */
export const PUBLIC_LANGUAGES = [...PAGE_TEXTS.languages];

/** Why a page for people has nothing to show. */
export type ErrorPageKind = keyof typeof en.errorPages;
