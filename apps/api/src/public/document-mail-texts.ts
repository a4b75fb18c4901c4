import ar from './texts/document-mail/ar.json' with { type: 'json' };
import de from './texts/document-mail/de.json' with { type: 'json' };
import en from './texts/document-mail/en.json' with { type: 'json' };
import es from './texts/document-mail/es.json' with { type: 'json' };
import fr from './texts/document-mail/fr.json' with { type: 'json' };
import he from './texts/document-mail/he.json' with { type: 'json' };
import it from './texts/document-mail/it.json' with { type: 'json' };
import nl from './texts/document-mail/nl.json' with { type: 'json' };
import { Texts } from '#kernel';

/** Texts of the e-mail with a document that was asked for in a form. */
export const DOCUMENT_MAIL_TEXTS = new Texts(en, { de, fr, es, it, nl, ar, he });
